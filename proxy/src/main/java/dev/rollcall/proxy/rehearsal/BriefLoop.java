package dev.rollcall.proxy.rehearsal;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * An event loop that ends as soon as a connection stands on it. The JVM compiles on the guess that
 * what it has never seen doesn't happen, and that a loop ends is seen last: at the end of the
 * rehearsal it would throw away most of what the rehearsal was for.
 */
final class BriefLoop {

  private static final int IO_RATIO = 50;

  private final Transport transport;
  private final EventLoopGroup loop;

  private BriefLoop(Transport transport) {
    this.transport = transport;
    this.loop =
        transport.eventLoopGroup(
            Transport.IO_EVENT_LOOP_GROUP,
            1,
            new DefaultThreadFactory("rehearsal", true),
            IO_RATIO);
  }

  /**
   * Opens one beside the loops of {@code vertx}.
   *
   * @return done when it has ended, by itself
   * @throws IllegalStateException if the system has no room for another
   */
  static Future<?> open(VertxInternal vertx) {
    BriefLoop brief = new BriefLoop(vertx.transport());
    brief.bind();
    return brief.loop.terminationFuture();
  }

  private void bind() {
    new ServerBootstrap()
        .group(loop)
        .channelFactory(transport.serverChannelFactory(false))
        .childHandler(new ChannelInboundHandlerAdapter())
        .bind(InetAddress.getLoopbackAddress(), 0)
        .addListener((ChannelFuture bound) -> connect(bound));
  }

  private void connect(ChannelFuture bound) {
    if (!bound.isSuccess()) {
      end();
      return;
    }
    new Bootstrap()
        .group(loop)
        .channelFactory(transport.channelFactory(false))
        .handler(new ChannelInboundHandlerAdapter())
        .connect(bound.channel().localAddress())
        .addListener(connected -> end());
  }

  private void end() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
