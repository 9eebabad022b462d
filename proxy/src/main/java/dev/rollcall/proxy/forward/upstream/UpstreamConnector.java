package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.proxy.roll.NoPlace;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Promise;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens TCP connections to upstreams on one traffic loop, over the transport that Vert.x runs on.
 */
public final class UpstreamConnector {

  private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(64 * 1024, 128 * 1024);

  private final EventLoop eventLoop;
  private final Supplier<Duration> connectTimeout;
  private final Bootstrap byAddress;
  private final Bootstrap byName;
  private final Set<Channel> connecting = new HashSet<>();
  private final Http2Connector http2;

  /**
   * @param connectTimeout at present
   */
  public UpstreamConnector(Vertx vertx, EventLoop eventLoop, Supplier<Duration> connectTimeout) {
    this.eventLoop = eventLoop;
    this.connectTimeout = connectTimeout;
    VertxInternal internal = (VertxInternal) vertx;
    http2 = new Http2Connector(vertx, eventLoop, connectTimeout, Http2Connector.GIVEN_UP);
    ChannelFactory<? extends Channel> channels = internal.transport().channelFactory(false);
    byName =
        new Bootstrap()
            .group(eventLoop)
            .channelFactory(channels)
            .resolver(internal.nameResolver().nettyAddressResolverGroup())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new ReadSizes())
            .handler(new Bare());
    // A resolver is made, with a socket of its own, even where nothing is to be looked up.
    byAddress = byName.clone().disableResolver();
  }

  /**
   * Opens a connection; the future completes when it can carry requests, after the handshake if
   * there is one. Names are looked up off the loop; addresses are not looked up at all.
   */
  io.netty.util.concurrent.Future<Channel> connect(Endpoint endpoint, boolean tls) {
    Promise<Channel> usable = eventLoop.newPromise();
    InetSocketAddress address = address(endpoint);
    ChannelFuture began =
        (address.isUnresolved() ? byName : byAddress)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.get().toMillis())
            .connect(address);
    connecting.add(began.channel());
    began.addListener((ChannelFuture attempt) -> onConnected(attempt, endpoint, tls, usable));
    return usable;
  }

  /** Nobody waits any more for connections that don't stand yet. */
  public void close() {
    new ArrayList<>(connecting).forEach(Channel::close);
  }

  private void onConnected(
      ChannelFuture attempt, Endpoint endpoint, boolean tls, Promise<Channel> usable) {
    Channel channel = attempt.channel();
    connecting.remove(channel);
    if (!attempt.isSuccess()) {
      usable.setFailure(attempt.cause());
    } else if (tls) {
      UpstreamTls.handshake(channel, endpoint, connectTimeout.get())
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  usable.setSuccess(channel);
                } else {
                  channel.close();
                  usable.setFailure(done.cause());
                }
              });
    } else {
      usable.setSuccess(channel);
    }
  }

  /** Opens an HTTP/2 connection with prior knowledge; called on the loop's own context. */
  Future<HttpClientConnection> connectHttp2(Endpoint endpoint) {
    return http2.connect(endpoint);
  }

  private static InetSocketAddress address(Endpoint endpoint) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
    if (literal == null) {
      return InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port());
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(literal), endpoint.port());
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException("an address of " + literal.length + " bytes", wrongLength);
    }
  }

  /**
   * The pool adds its handlers once the connection stands; whether it may, the address says that a
   * name has led to.
   */
  @ChannelHandler.Sharable
  private static final class Bare extends ChannelDuplexHandler {

    @Override
    public void connect(
        ChannelHandlerContext context,
        SocketAddress remote,
        @Nullable SocketAddress local,
        ChannelPromise promise) {
      if (remote instanceof InetSocketAddress to && NoPlace.is(to.getAddress())) {
        promise.setFailure(new NoRouteToHostException("never called: " + to.getHostString()));
      } else {
        context.connect(remote, local, promise);
      }
    }
  }
}
