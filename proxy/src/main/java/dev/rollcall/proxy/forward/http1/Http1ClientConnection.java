package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.RawTunnel;
import dev.rollcall.proxy.forward.http.WriteBatch;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.ShutdownEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1 connection of a client: one request after the other, each answered before the next is
 * read (RFC 9112 §9.3). Traffic loop only.
 */
public final class Http1ClientConnection extends ChannelInboundHandlerAdapter {

  private final BiConsumer<String, Throwable> faults;
  private final ClientLink link;
  private final Collection<Http1ClientConnection> all;
  private final Channel channel;
  private final RequestDecoder decoder;
  private final RequestIntake intake;
  private final WriteBatch answer;
  private final ReadSwitch reading;
  private final ClientClock clock;
  private final ConnectionEnd end;

  private @Nullable Http1Request request;
  private boolean answered;
  private boolean full;

  private Http1ClientConnection(
      Http1Client client, ClientLink link, Collection<Http1ClientConnection> all) {
    this.faults = client.faults();
    this.link = link;
    this.all = all;
    this.channel = link.channel();
    this.decoder = new RequestDecoder(client.sizes(), this);
    this.intake = new RequestIntake(client, this, decoder);
    this.answer = new WriteBatch(channel);
    this.reading = new ReadSwitch(channel);
    this.clock = new ClientClock(channel);
    this.end = new ConnectionEnd(channel, decoder, intake, reading, clock);
  }

  /**
   * Takes over a connection that has read nothing yet.
   *
   * @param all where it stands while it is open and HTTP/1
   */
  public static Http1ClientConnection open(
      Http1Client client, ClientLink link, Collection<Http1ClientConnection> all) {
    Http1ClientConnection connection = new Http1ClientConnection(client, link, all);
    all.add(connection);
    // Where TLS has said that it ends, nothing more can be sent over it.
    connection.mayShutSending(!link.isSsl());
    link.channel().pipeline().addLast(connection.decoder, connection);
    return connection;
  }

  /** Puts a handler before it that sees what comes first. */
  public void precede(ChannelHandler first) {
    channel.pipeline().addBefore(channel.pipeline().context(decoder).name(), null, first);
  }

  private void mayShutSending(boolean may) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, may);
  }

  /** Goes, of which nothing has been read: it is another protocol. */
  public void leave() {
    all.remove(this);
    mayShutSending(false);
    channel.pipeline().remove(decoder);
    channel.pipeline().remove(this);
  }

  ClientLink link() {
    return link;
  }

  WriteBatch answer() {
    return answer;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest head && !end.hasBegun()) {
      intake.head(head);
    } else if (message instanceof HttpContent content && request != null && !end.hasBegun()) {
      intake.content(request, content, !answered);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  /** A request's head is here; it is about to be served. */
  void begin(Http1Request made) {
    request = made;
    link.serve(made);
    clock.begun();
  }

  /** A request is whole. */
  void whole(Http1Request which, HttpHeaders trailers) {
    if (answered) {
      next();
    } else {
      which.end(trailers);
    }
  }

  /** A request will never be whole. */
  void malformed(Http1Request which) {
    which.fail(new Refusal.Refused(Refusal.MALFORMED_BODY));
    if (!which.response().ended() || answered) {
      end.begin();
    }
  }

  /** A request has its whole answer. */
  void answered(boolean last) {
    answered = true;
    clock.answered();
    if (last || end.isNear() || end.isWorthIt()) {
      end.begin();
    } else if (!intake.isReceiving()) {
      next();
    }
  }

  private void next() {
    clock.between();
    full = !channel.isWritable();
    if (full) {
      // A client that asks and doesn't listen.
      return;
    }
    request = null;
    link.serve(null);
    answered = false;
    reading.resume();
    decoder.next();
    if (end.hasHeardAll() && request == null && !decoder.isDecoding()) {
      end.begin();
    }
  }

  /** The client has sent something. */
  public void heard() {
    clock.heard(request == null);
  }

  ReadSwitch reading() {
    return reading;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!channel.isWritable() || request == null) {
      return;
    }
    if (full) {
      next();
    } else {
      request.response().writable();
    }
  }

  /** How it ends. */
  ConnectionEnd end() {
    return end;
  }

  /** The end of HTTP: what the client has said already goes into the tunnel first. */
  RawTunnel leaveToTunnel() {
    all.remove(this);
    mayShutSending(false);
    if (end.hasHeardAll()) {
      channel.close();
    }
    return new RawTunnel(channel, this, decoder);
  }

  /**
   * Ends what has taken too long; called a few times a second.
   *
   * @param idle without a byte, or without taking anything of what waits
   * @param header from a request's first byte to the end of its header
   * @return whether it was a header
   */
  public boolean check(long now, Duration idle, Duration header) {
    boolean slowHeader = end.check(now, idle, header, answer.flushes());
    if (slowHeader) {
      SlowHeader.answer(this);
    }
    return slowHeader;
  }

  /** Vert.x tells that way that the listener closes. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ShutdownEvent) {
      end.announce();
      if (request == null || answered) {
        end.begin();
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      end.senderEnds(request == null || (answered && intake.isReceiving()));
    } else {
      ReferenceCountUtil.release(event);
    }
  }

  /** A reset is the end of the connection and no news: the close says all that there is to know. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof CodecException)) {
      faults.accept("an HTTP/1 connection", cause);
    }
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    all.remove(this);
    answer.drop();
    Http1Request midway = request;
    if (midway != null && !answered) {
      midway.response().clientGone();
      midway.fail(Http1Response.CLOSED);
    }
  }
}
