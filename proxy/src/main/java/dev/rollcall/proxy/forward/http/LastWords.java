package dev.rollcall.proxy.forward.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection so that its client gets all that was written for it, at its own pace. That it
 * takes something at all, others watch ({@link UnreadBytes}). Traffic loop only.
 */
public final class LastWords {

  /** How long a client may take to go, once all is sent that it will get. */
  static final long LINGER_SECONDS = 2;

  private final Channel channel;
  private final ChannelOutboundInvoker way;

  private LastWords(Channel channel, ChannelOutboundInvoker way) {
    this.channel = channel;
    this.way = way;
  }

  public static LastWords over(Channel channel) {
    return new LastWords(channel, channel);
  }

  /** For a handler that hears itself of whatever is closed. */
  public static LastWords below(ChannelHandlerContext handler) {
    return new LastWords(handler.channel(), handler);
  }

  /** Closes when everything is sent. */
  public void close() {
    way.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> way.close());
  }

  /**
   * The same, for a client that may still be sending: who closes while bytes come resets, and the
   * client would lose what it has not read (RFC 9112 §9.6). So it says that nothing more follows,
   * and waits for the client to go. Whoever calls sees to it that what comes is read, and dropped.
   */
  public void linger() {
    if (channel instanceof DuplexChannel duplex) {
      // The time begins when all is sent: until then the reader's pace is what counts.
      way.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> sayEnd(duplex));
    } else {
      close();
    }
  }

  private void sayEnd(DuplexChannel duplex) {
    SslHandler tls = duplex.pipeline().get(SslHandler.class);
    if (tls == null) {
      duplex.shutdownOutput();
    } else {
      // Without TLS' own word an end may be an attacker's (RFC 8446 §6.1).
      tls.closeOutbound().addListener(said -> duplex.shutdownOutput());
    }
    var cut = duplex.eventLoop().schedule(() -> way.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    duplex.closeFuture().addListener(closed -> cut.cancel(false));
  }

  /** Closes at once, by a reset: what it has of an answer must not look like all of it. */
  public void reset() {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    way.close();
  }
}
