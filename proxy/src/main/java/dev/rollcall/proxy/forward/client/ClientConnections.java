package dev.rollcall.proxy.forward.client;

import dev.rollcall.proxy.forward.http2.FieldNames;
import dev.rollcall.proxy.forward.http2.Http2Client;
import dev.rollcall.proxy.forward.http2.Http2ClientConnection;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
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
  private final FieldNames names = new FieldNames();
  private final OwnFaults faults;

  public ClientConnections(EdgeRules rules, OwnFaults faults) {
    this.rules = rules;
    this.faults = faults;
    this.edge = new EdgeCheck(rules::limits);
  }

  /**
   * A client has connected; Vert.x has set its pipeline up for HTTP/1 and read nothing yet.
   *
   * @param priorKnowledge it may begin with HTTP/2 in clear text
   * @param requests serves those of HTTP/2
   */
  public void accept(
      HttpConnection connection, boolean priorKnowledge, Handler<HttpServerRequest> requests) {
    Channel channel = ((ConnectionBase) connection).channel();
    channel.config().setWriteBufferWaterMark(WATER);
    connection.exceptionHandler(failure -> onFailure(channel, failure));
    ClientConnection http1 = new ClientConnection(this, channel);
    http1.install();
    open.add(http1);
    if (choseHttp2(channel)) {
      toHttp2(http1, connection, channel, requests);
    } else if (priorKnowledge) {
      channel
          .pipeline()
          .addBefore(
              "httpDecoder",
              "priorKnowledge",
              new PriorKnowledge(() -> toHttp2(http1, connection, channel, requests)));
    }
  }

  private static boolean choseHttp2(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    return tls != null && AlpnEngine.HTTP_2.equals(tls.applicationProtocol());
  }

  private void toHttp2(
      ClientConnection http1,
      HttpConnection connection,
      Channel channel,
      Handler<HttpServerRequest> requests) {
    Http2ClientConnection edge =
        Http2ClientConnection.open(
            new Http2Client(
                connection,
                rules.limits().headerSize(),
                this::mostRequests,
                names,
                requests,
                faults::tell),
            channel);
    open.remove(http1);
    http2.add(edge);
    channel.closeFuture().addListener(closed -> http2.remove(edge));
    http1.leaveTo(edge);
  }

  private int mostRequests() {
    int most = rules.limits().requestsPerConnection();
    return most == Limits.NONE ? Integer.MAX_VALUE : most;
  }

  /** What the edge has refused still gets its answer, which closes the connection. */
  private static void onFailure(Channel channel, Throwable failure) {
    if (!(failure instanceof Refusal.Refused)) {
      channel.close();
    }
  }

  OwnFaults faults() {
    return faults;
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
      Timeouts timeouts = rules.timeouts();
      if (connection.check(now, timeouts.idle(), timeouts.requestHeader())) {
        rules.count(Refusal.SLOW_HEADER);
      }
    }
  }
}
