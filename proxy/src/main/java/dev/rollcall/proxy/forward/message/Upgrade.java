package dev.rollcall.proxy.forward.message;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** When a request may switch protocols (RFC 9110 §7.8). */
public final class Upgrade {

  private Upgrade() {}

  /**
   * True for HTTP/1.1, without a body, with the option and the field. Never {@code h2c}: it would
   * put the upstream's further requests out of our sight.
   */
  public static boolean isWanted(
      HttpServerRequest request, List<String> connection, BodyKind body) {
    if (connection.isEmpty()
        || body.present()
        || request.version() != HttpVersion.HTTP_1_1
        || !HopByHop.hasOption(connection, "upgrade")) {
      return false;
    }
    List<String> protocols = request.headers().getAll(HttpHeaderNames.UPGRADE);
    return protocols.size() == 1
        && !protocols.get(0).isBlank()
        && !HopByHop.hasOption(protocols, "h2c")
        && !HopByHop.hasOption(protocols, "h2");
  }
}
