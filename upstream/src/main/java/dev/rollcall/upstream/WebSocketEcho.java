package dev.rollcall.upstream;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /ws}: sends each WebSocket message back (RFC 6455), frame by frame, and reads no faster
 * than the client does. A plain GET is told to upgrade (426, RFC 9110 §15.5.22).
 */
final class WebSocketEcho implements Handler<RoutingContext> {

  /** The close code of an endpoint that goes away, RFC 6455 §7.4.1. */
  private static final short GOING_AWAY = 1001;

  private final InFlight tunnels;

  WebSocketEcho(InFlight tunnels) {
    this.tunnels = tunnels;
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (!request.canUpgradeToWebSocket()) {
      askForUpgrade(ctx);
      return;
    }
    // When the handshake is malformed, Vert.x has already answered it.
    request.toWebSocket().onSuccess(this::echo);
  }

  private static void askForUpgrade(RoutingContext ctx) {
    if (ctx.request().version() != HttpVersion.HTTP_2) {
      ctx.response()
          .putHeader(HttpHeaders.UPGRADE, "websocket")
          .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
    }
    Answer.line(ctx, 426, "/ws speaks WebSocket (RFC 6455), over HTTP/1.1");
  }

  private void echo(ServerWebSocket socket) {
    InFlight.Flight tunnel = tunnels.open(() -> socket.close(GOING_AWAY, "stopping"));
    socket.closeHandler(closed -> tunnel.land());
    socket.frameHandler(frame -> sendBack(socket, frame));
  }

  private static void sendBack(ServerWebSocket socket, WebSocketFrame frame) {
    boolean message = frame.isText() || frame.isBinary() || frame.isContinuation();
    if (!message || socket.isClosed()) {
      return; // Vert.x itself answers pings and closes
    }
    socket.writeFrame(frame);
    if (socket.writeQueueFull()) {
      socket.pause();
      socket.drainHandler(room -> socket.resume());
    }
  }
}
