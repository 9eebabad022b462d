package dev.rollcall.proxy.forward.client;

import dev.rollcall.proxy.forward.message.Authority;
import dev.rollcall.proxy.forward.message.ContentLength;
import dev.rollcall.proxy.forward.message.FieldRules;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges the head of an HTTP/1 request before anything of it can reach an upstream: one reading
 * only, or none. What Netty's decoder refuses or repairs is not seen here; what it merely tolerates
 * is refused (RFC 9112 §2.2, §3, §5, §6; RFC 9110 §7.2). Stateless.
 */
public final class EdgeCheck {

  private final Supplier<Limits> limits;

  /**
   * @param limits at present
   */
  EdgeCheck(Supplier<Limits> limits) {
    this.limits = limits;
  }

  /**
   * The reason to refuse, or null. A request in absolute form is rewritten to origin form with its
   * authority as {@code Host} (RFC 9112 §3.2.2).
   */
  @Nullable Refusal check(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return refusalOf(request.decoderResult().cause());
    }
    HttpVersion version = request.protocolVersion();
    boolean http11 = version == HttpVersion.HTTP_1_1;
    if (!http11 && version != HttpVersion.HTTP_1_0) {
      return Refusal.VERSION;
    }
    if (!FieldRules.isToken(request.method().name())) {
      return Refusal.METHOD_TOKEN;
    }
    Refusal fields = checkFields(request.headers(), http11);
    return fields != null ? fields : checkTarget(request);
  }

  private static Refusal refusalOf(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Refusal.LINE_SIZE;
    }
    return cause instanceof TooLongHttpHeaderException ? Refusal.HEADER_SIZE : Refusal.MALFORMED;
  }

  private @Nullable Refusal checkFields(HttpHeaders headers, boolean http11) {
    Limits now = limits.get();
    int count = 0;
    int hosts = 0;
    boolean codings = false;
    long length = -1;
    Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      CharSequence name = field.getKey();
      CharSequence value = field.getValue();
      if (++count > now.headerCount()) {
        return Refusal.HEADER_SIZE;
      }
      if (!FieldRules.isToken(name) || !FieldRules.isValue(value)) {
        return Refusal.FIELD;
      }
      if (FieldRules.isTakenForLength(name)) {
        return Refusal.FIELD;
      }
      if (FieldRules.is(name, HttpHeaderNames.HOST)) {
        if (++hosts > 1 || !Authority.isValid(value)) {
          return Refusal.HOST;
        }
      } else if (FieldRules.is(name, HttpHeaderNames.CONTENT_LENGTH)) {
        if (length >= 0 || (length = ContentLength.parse(value)) < 0) {
          return Refusal.CONTENT_LENGTH;
        }
      } else if (FieldRules.is(name, HttpHeaderNames.TRANSFER_ENCODING)) {
        if (codings || !http11 || !value.toString().equalsIgnoreCase("chunked")) {
          return Refusal.TRANSFER_ENCODING;
        }
        codings = true;
      }
    }
    if (http11 && hosts == 0) {
      return Refusal.HOST;
    }
    if (codings && length >= 0) {
      return Refusal.TRANSFER_ENCODING;
    }
    return now.bodySize() != Limits.NONE && length > now.bodySize() ? Refusal.BODY_SIZE : null;
  }

  private static @Nullable Refusal checkTarget(HttpRequest request) {
    String method = request.method().name();
    String target = request.uri();
    if (method.equals("CONNECT") || method.equals("TRACE")) {
      return Refusal.METHOD;
    }
    if (target.equals("*")) {
      return method.equals("OPTIONS") ? Refusal.METHOD : Refusal.TARGET;
    }
    if (!isTarget(target)) {
      return Refusal.TARGET;
    }
    return target.charAt(0) == '/' ? null : toOriginForm(request, target);
  }

  /** Visible ASCII without a fragment (RFC 3986 §2, RFC 9112 §3.2). */
  static boolean isTarget(String target) {
    for (int i = 0, length = target.length(); i < length; i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return false;
      }
    }
    return !target.isEmpty();
  }

  private static @Nullable Refusal toOriginForm(HttpRequest request, String target) {
    int start = schemeEnd(target);
    if (start < 0) {
      return Refusal.TARGET;
    }
    int end = start;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    String authority = target.substring(start, end);
    if (!Authority.isValid(authority)) {
      return Refusal.HOST;
    }
    String rest = target.substring(end);
    request.setUri(rest.startsWith("/") ? rest : "/" + rest);
    request.headers().set(HttpHeaderNames.HOST, authority);
    return null;
  }

  private static int schemeEnd(String target) {
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      return 7;
    }
    return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
  }
}
