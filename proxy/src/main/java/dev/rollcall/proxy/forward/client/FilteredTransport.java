package dev.rollcall.proxy.forward.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose listening sockets have an {@link AcceptFilter}: Vert.x offers no other place
 * before TLS. Everything else is the real transport's. The traffic plane's Vertx is made with it.
 */
public final class FilteredTransport implements Transport {

  private final Transport real;
  private final AcceptFilter filter = new AcceptFilter();

  private FilteredTransport(Transport real) {
    this.real = real;
  }

  /** The same transport, to build a Vertx with. Nobody is let in before {@link #hold}. */
  public static io.vertx.core.transport.Transport of(io.vertx.core.transport.Transport real) {
    return new Named(real, new FilteredTransport(real.implementation()));
  }

  /**
   * Holds all who connect to servers of a Vertx to rules.
   *
   * @throws IllegalStateException if it wasn't built with this transport
   */
  public static void hold(Vertx vertx, EdgeRules rules) {
    if (!(((VertxInternal) vertx).transport() instanceof FilteredTransport transport)) {
      throw new IllegalStateException("vertx: no FilteredTransport (expected: built with one)");
    }
    transport.filter.hold(rules);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    ChannelFactory<? extends ServerChannel> factory = real.serverChannelFactory(domainSocket);
    return () -> {
      ServerChannel channel = factory.newChannel();
      channel.pipeline().addLast(filter);
      return channel;
    };
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return real.channelFactory(domainSocket);
  }

  @Override
  public boolean supportsDomainSockets() {
    return real.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return real.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return real.isAvailable();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return real.unavailabilityCause();
  }

  @Override
  public java.net.SocketAddress convert(SocketAddress address) {
    return real.convert(address);
  }

  @Override
  public SocketAddress convert(java.net.SocketAddress address) {
    return real.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return real.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ratio) {
    return real.eventLoopGroup(type, threads, factory, ratio);
  }

  @Override
  public DatagramChannel datagramChannel() {
    return real.datagramChannel();
  }

  @Override
  @SuppressWarnings("deprecation") // part of the interface
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return real.datagramChannel(family);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    real.configure(channel, options);
  }

  @Override
  public void configure(
      ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
    real.configure(options, connectTimeout, domainSocket, bootstrap);
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    real.configure(options, domainSocket, bootstrap);
  }

  /** The real one's name and fitness, with another implementation. */
  private record Named(io.vertx.core.transport.Transport real, Transport implementation)
      implements io.vertx.core.transport.Transport {

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public boolean available() {
      return real.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
      return real.unavailabilityCause();
    }
  }
}
