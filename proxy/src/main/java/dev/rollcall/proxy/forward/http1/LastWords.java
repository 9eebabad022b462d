package dev.rollcall.proxy.forward.http1;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/** Ends connections so that clients get all that was written for them. Traffic loop only. */
final class LastWords {

  /**
   * How long a client that is still sending may take to read its answer before the connection is
   * cut.
   */
  private static final long LINGER_SECONDS = 2;

  private LastWords() {}

  /** Closes when everything is sent. */
  static void close(Channel channel) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /**
   * The same, for a client that is still sending: who closes while bytes come resets, and the
   * client would lose what it has not read (RFC 9112 §9.6). So it says that nothing more follows,
   * and waits for the client to go.
   */
  static void linger(Channel channel) {
    if (!(channel instanceof DuplexChannel duplex)) {
      close(channel);
      return;
    }
    // The time begins when all is sent: until then the reader's pace is what counts.
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> sayEnd(duplex));
  }

  private static void sayEnd(DuplexChannel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      channel.shutdownOutput();
    } else {
      // Without TLS' own word an end may be an attacker's (RFC 8446 §6.1).
      tls.closeOutbound().addListener(said -> channel.shutdownOutput());
    }
    var cut = channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> cut.cancel(false));
  }

  /** Closes at once, by a reset: what it has of an answer must not look like all of it. */
  static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }
}
