package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.RequestFacts;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
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
    return name.equalsIgnoreCase("cookie") ? cookies() : request.getHeader(name);
  }

  /** One field, whatever the client made of it: HTTP/2 may send it in pieces. */
  private @Nullable String cookies() {
    List<String> pieces = request.headers().getAll("cookie");
    return switch (pieces.size()) {
      case 0 -> null;
      case 1 -> pieces.get(0);
      default -> String.join("; ", pieces);
    };
  }

  @Override
  public boolean secure() {
    return request.isSSL();
  }
}
