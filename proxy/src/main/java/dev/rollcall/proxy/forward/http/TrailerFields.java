package dev.rollcall.proxy.forward.http;

import dev.rollcall.proxy.forward.message.FieldRules;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/**
 * What Netty's decoders put trailers in. They make one for each body of a known length, too, which
 * has none: this costs a quarter of Netty's own. A body that ends in what is no field is broken
 * (RFC 9112 §7.1.2).
 */
public enum TrailerFields implements HttpHeadersFactory {
  FACTORY;

  @Override
  public HttpHeaders newHeaders() {
    return HeadersMultiMap.httpHeaders(TrailerFields::check);
  }

  @Override
  public HttpHeaders newEmptyHeaders() {
    return newHeaders();
  }

  private static void check(CharSequence name, CharSequence value) {
    if (!FieldRules.isToken(name)) {
      throw new IllegalArgumentException("trailer with a name that is no token");
    }
    if (!FieldRules.isValue(value)) {
      throw new IllegalArgumentException("control character in trailer " + name);
    }
  }
}
