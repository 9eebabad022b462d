package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.RequestFacts;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What selection policies may know of a client's request. */
record ClientFacts(HttpServerRequest request, String target) implements RequestFacts {

  @Override
  public String clientAddress() {
    String address = request.remoteAddress().hostAddress();
    return address == null ? "" : address;
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }
}
