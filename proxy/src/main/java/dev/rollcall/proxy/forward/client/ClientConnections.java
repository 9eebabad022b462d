package dev.rollcall.proxy.forward.client;

import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * All client connections of one traffic loop: lets them in, watches their deadlines. Traffic loop
 * only.
 */
public final class ClientConnections {

  private static final WriteBufferWaterMark WATER =
      new WriteBufferWaterMark(128 * 1024, 256 * 1024);

  private final EdgeRules rules;
  private final EdgeCheck edge;
  private final Set<ClientConnection> open = new HashSet<>();
  private final Set<Http2ClientConnection> http2 = new HashSet<>();

  public ClientConnections(EdgeRules rules) {
    this.rules = rules;
    this.edge = new EdgeCheck(rules::limits);
  }

  /** A client has connected; Vert.x has set its pipeline up and read nothing yet. */
  public void accept(HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    channel.config().setWriteBufferWaterMark(WATER);
    connection.exceptionHandler(failure -> onFailure(channel, failure));
    if (channel.pipeline().get("idle") != null) {
      // Watched the wait for the first bytes of a connection that may be of either protocol.
      channel.pipeline().remove("idle");
    }
    if (channel.pipeline().get("httpDecoder") != null) {
      ClientConnection http1 = new ClientConnection(this, channel);
      http1.install();
      open.add(http1);
    } else {
      Http2ClientConnection http2Edge =
          Http2ClientConnection.install(
              connection, rules.limits().requestsPerConnection(), channel);
      http2.add(http2Edge);
      channel.closeFuture().addListener(closed -> http2.remove(http2Edge));
    }
  }

  /** What the edge has refused still gets its answer, which closes the connection. */
  private static void onFailure(Channel channel, Throwable failure) {
    if (!(failure instanceof Refusal.Refused)) {
      channel.close();
    }
  }

  EdgeCheck edge() {
    return edge;
  }

  Limits limits() {
    return rules.limits();
  }

  void count(Refusal refusal) {
    rules.count(refusal);
  }

  void remove(ClientConnection connection) {
    open.remove(connection);
  }

  /** Ends what has taken too long. */
  public void check(long now) {
    for (ClientConnection connection : new ArrayList<>(open)) {
      connection.check(now, rules.timeouts());
    }
    for (Http2ClientConnection connection : new ArrayList<>(http2)) {
      connection.check(now, rules.timeouts());
    }
  }
}
