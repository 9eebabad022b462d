package dev.rollcall.proxy.forward.client;

import dev.rollcall.discovery.logging.OwnFaults;
import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http.TrailerFields;
import dev.rollcall.proxy.forward.http1.Http1Client;
import dev.rollcall.proxy.forward.http1.Http1ClientConnection;
import dev.rollcall.proxy.forward.http2.FieldNames;
import dev.rollcall.proxy.forward.http2.Http2Client;
import dev.rollcall.proxy.forward.http2.Http2ClientConnection;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * All client connections of one traffic loop: lets them in, watches their deadlines. Traffic loop
 * only.
 */
public final class ClientConnections {

  /**
   * What waits to be sent to a client before its upstream isn't read any further: less than one
   * large read, so that a slow reader holds one of those, or a few small ones, and bytes are sent
   * while the cache still has them.
   */
  private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

  /** The same for a connection that many requests share. */
  private static final WriteBufferWaterMark SHARED_WATER =
      new WriteBufferWaterMark(64 * 1024, 128 * 1024);

  private static final int MOST_PART = 64 * 1024;

  private final EdgeRules rules;
  private final Http1Client http1;
  private final Handler<? super InboundRequest> http2Requests;
  private final Set<Http1ClientConnection> open = new HashSet<>();
  private final Set<Http2ClientConnection> http2 = new HashSet<>();
  private final FieldNames names = new FieldNames();
  private final OwnFaults faults;

  /**
   * @param http1Requests serves those of HTTP/1
   * @param http2Requests serves those of HTTP/2
   * @param refused answers what the edge has refused
   */
  public ClientConnections(
      EdgeRules rules,
      OwnFaults faults,
      Handler<? super InboundRequest> http1Requests,
      Handler<? super InboundRequest> http2Requests,
      BiConsumer<InboundRequest, Refusal> refused) {
    this.rules = rules;
    this.faults = faults;
    this.http2Requests = http2Requests;
    this.http1 =
        new Http1Client(
            sizes(rules.limits()),
            new EdgeCheck(rules::limits)::check,
            this::mostRequests,
            http1Requests,
            refused,
            faults::tell);
  }

  private static HttpDecoderConfig sizes(Limits limits) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(limits.lineSize())
        .setMaxHeaderSize(limits.headerSize())
        .setMaxChunkSize(MOST_PART)
        .setTrailersFactory(TrailerFields.FACTORY);
  }

  /**
   * A client has connected, and TLS, if any, is set up; nothing of HTTP has been read yet.
   *
   * @param priorKnowledge it may begin with HTTP/2 in clear text
   */
  public void accept(Channel channel, boolean priorKnowledge) {
    channel.config().setWriteBufferWaterMark(WATER);
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    ClientLink link = new ClientLink(channel, tls != null);
    if (tls != null && Tls.HTTP_2.equals(tls.applicationProtocol())) {
      openHttp2(link);
    } else if (priorKnowledge) {
      detect(link);
    } else {
      Http1ClientConnection.open(http1, link, open);
    }
  }

  private void detect(ClientLink link) {
    Http1ClientConnection assumed = Http1ClientConnection.open(http1, link, open);
    assumed.precede(
        new PriorKnowledge(
            assumed::heard,
            () -> {
              assumed.leave();
              openHttp2(link);
            }));
  }

  private void openHttp2(ClientLink link) {
    link.channel().config().setWriteBufferWaterMark(SHARED_WATER);
    Http2ClientConnection connection =
        Http2ClientConnection.open(
            new Http2Client(
                link,
                rules.limits().headerSize(),
                this::mostRequests,
                names,
                http2Requests,
                faults::tell),
            link.channel());
    http2.add(connection);
    link.channel().closeFuture().addListener(closed -> http2.remove(connection));
    link.channel().pipeline().addLast(connection);
  }

  private int mostRequests() {
    int most = rules.limits().requestsPerConnection();
    return most == Limits.NONE ? Integer.MAX_VALUE : most;
  }

  /** Looks at one connection; true when it was too slow with a header. */
  private interface Look {
    boolean at(long now, Duration idle, Duration header);
  }

  /** Ends what has taken too long. */
  public void check(long now) {
    Timeouts timeouts = rules.timeouts();
    for (Http1ClientConnection connection : new ArrayList<>(open)) {
      check(connection::check, now, timeouts);
    }
    for (Http2ClientConnection connection : new ArrayList<>(http2)) {
      check(connection::check, now, timeouts);
    }
  }

  /** Whatever goes wrong in one, the others are looked at. */
  private void check(Look look, long now, Timeouts timeouts) {
    try {
      if (look.at(now, timeouts.idle(), timeouts.requestHeader())) {
        rules.count(Refusal.SLOW_HEADER);
      }
    } catch (RuntimeException | Error fault) {
      faults.tell("a look at a client's connection", fault);
    }
  }
}
