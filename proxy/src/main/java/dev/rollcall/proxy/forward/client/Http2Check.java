package dev.rollcall.proxy.forward.client;

import dev.rollcall.proxy.forward.message.Authority;
import dev.rollcall.proxy.forward.message.ContentLength;
import dev.rollcall.proxy.forward.message.FieldRules;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges an HTTP/2 request where the protocol's own validation ends and HTTP/1.1 upstreams begin:
 * what would be ambiguous or oversized there is refused (RFC 9113 §8.2, §10.3). Stateless.
 */
public final class Http2Check {

  private final Supplier<Limits> present;

  /**
   * @param limits at present
   */
  public Http2Check(Supplier<Limits> limits) {
    this.present = limits;
  }

  /** The reason to refuse, or null. */
  public @Nullable Refusal check(HttpServerRequest request) {
    Limits limits = present.get();
    String method = request.method().name();
    if (method.equals("CONNECT") || method.equals("TRACE")) {
      return Refusal.METHOD;
    }
    String target = request.uri();
    if (target != null && target.equals("*")) {
      return method.equals("OPTIONS") ? Refusal.METHOD : Refusal.TARGET;
    }
    if (target == null || !EdgeCheck.isTarget(target) || target.charAt(0) != '/') {
      return Refusal.TARGET;
    }
    if (target.length() > limits.lineSize()) {
      return Refusal.LINE_SIZE;
    }
    if (!FieldRules.isToken(method)) {
      return Refusal.METHOD_TOKEN;
    }
    if (request.authority() == null || !Authority.isValid(request.authority().toString())) {
      return Refusal.HOST;
    }
    Refusal fields = checkFields(request, limits);
    return fields != null ? fields : checkLength(request, limits);
  }

  private static @Nullable Refusal checkFields(HttpServerRequest request, Limits limits) {
    int count = 0;
    long size = 0;
    boolean crumbs = false;
    for (Map.Entry<String, String> field : request.headers()) {
      String name = field.getKey();
      if (crumbs && FieldRules.is(name, HttpHeaderNames.COOKIE)) {
        // RFC 9113 §8.2.3: together they are one field, with "; " between them.
        size += 2 + field.getValue().length();
      } else {
        crumbs |= FieldRules.is(name, HttpHeaderNames.COOKIE);
        size += name.length() + field.getValue().length();
        count++;
      }
      if (count > limits.headerCount() || size > limits.headerSize()) {
        return Refusal.HEADER_SIZE;
      }
      if (!FieldRules.isToken(name) || !FieldRules.isValue(field.getValue())) {
        return Refusal.FIELD;
      }
      if (FieldRules.isTakenForLength(name)) {
        return Refusal.FIELD;
      }
      if (FieldRules.is(name, HttpHeaderNames.TRANSFER_ENCODING)) {
        return Refusal.TRANSFER_ENCODING;
      }
    }
    return null;
  }

  private static @Nullable Refusal checkLength(HttpServerRequest request, Limits limits) {
    if (!request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      return null;
    }
    List<String> lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
    long length = lengths.size() == 1 ? ContentLength.parse(lengths.get(0)) : -1;
    if (length < 0) {
      return Refusal.CONTENT_LENGTH;
    }
    return limits.bodySize() != Limits.NONE && length > limits.bodySize()
        ? Refusal.BODY_SIZE
        : null;
  }
}
