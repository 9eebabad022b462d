package dev.rollcall.proxy.forward.message;

import static dev.rollcall.proxy.forward.message.FieldRules.is;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import java.util.Map;

/**
 * Which trailer fields of a request may pass: none that frames, routes, authenticates or is ours
 * (RFC 9110 §6.5.1).
 */
public final class TrailerRules {

  private static final List<AsciiString> FORBIDDEN =
      List.of(
          HttpHeaderNames.CONTENT_LENGTH,
          HttpHeaderNames.HOST,
          HttpHeaderNames.TRAILER,
          HttpHeaderNames.AUTHORIZATION,
          HttpHeaderNames.COOKIE,
          HttpHeaderNames.EXPECT,
          HttpHeaderNames.CONTENT_TYPE,
          HttpHeaderNames.CONTENT_ENCODING,
          HttpHeaderNames.CONTENT_RANGE,
          HttpHeaderNames.VIA);

  private TrailerRules() {}

  public static HttpHeaders passed(HttpHeaders sent) {
    HeadersMultiMap passed = HeadersMultiMap.httpHeaders();
    for (Map.Entry<String, String> field : sent) {
      String name = field.getKey();
      if (passes(name) && FieldRules.isToken(name) && FieldRules.isValue(field.getValue())) {
        passed.add(name, field.getValue());
      }
    }
    return passed;
  }

  private static boolean passes(String name) {
    return !HopByHop.contains(name)
        && FORBIDDEN.stream().noneMatch(forbidden -> is(name, forbidden))
        && !name.regionMatches(true, 0, "rollcall-", 0, 9)
        && !name.regionMatches(true, 0, "x-forwarded-", 0, 12)
        && !name.equalsIgnoreCase("forwarded");
  }
}
