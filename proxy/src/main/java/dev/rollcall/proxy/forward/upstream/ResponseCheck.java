package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.proxy.forward.message.FieldRules;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what Netty's decoder lets through in an upstream's response head and a client must not be
 * shown.
 */
final class ResponseCheck {

  private ResponseCheck() {}

  /** The first flaw as one line, or null. */
  static @Nullable String flaw(HttpResponse head) {
    HttpHeaders headers = head.headers();
    for (Iterator<Map.Entry<CharSequence, CharSequence>> i = headers.iteratorCharSequence();
        i.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> field = i.next();
      if (!FieldRules.isToken(field.getKey())) {
        return "response field with a name that is no token";
      }
      if (!FieldRules.isValue(field.getValue())) {
        return "control character in response field " + field.getKey();
      }
    }
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
      if (codings.size() != 1
          || !codings.get(0).equalsIgnoreCase("chunked")
          || !head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
        return "Transfer-Encoding of a response: " + codings + " (expected: chunked, on HTTP/1.1)";
      }
    }
    return null;
  }
}
