package dev.rollcall.proxy.forward.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a client's connection, for all its requests. Traffic loop only. */
public final class ClientLink extends UnaskedConnection {

  /** Whom a trusted proxy speaks for, by the PROXY protocol. */
  public static final AttributeKey<SocketAddress> SPOKEN_FOR =
      AttributeKey.valueOf(ClientLink.class, "spokenFor");

  private final Channel channel;
  private final boolean tls;
  private @Nullable SocketAddress connected;
  private @Nullable SocketAddress called;
  private @Nullable InboundRequest serving;

  public ClientLink(Channel channel, boolean tls) {
    this.channel = channel;
    this.tls = tls;
  }

  public Channel channel() {
    return channel;
  }

  /** The one that is being served, where a connection carries one request at a time, or null. */
  public @Nullable InboundRequest serving() {
    return serving;
  }

  /** From now on this request is served, or none. */
  public void serve(@Nullable InboundRequest request) {
    serving = request;
  }

  /** Who connected, or whom a trusted proxy speaks for. */
  @Override
  public @Nullable SocketAddress remoteAddress() {
    SocketAddress spokenFor = channel.attr(SPOKEN_FOR).get();
    return spokenFor != null ? spokenFor : remoteAddress(true);
  }

  /** Who connected. */
  @Override
  public @Nullable SocketAddress remoteAddress(boolean real) {
    if (!real) {
      return remoteAddress();
    }
    if (connected == null) {
      connected = converted(channel.remoteAddress());
    }
    return connected;
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    if (called == null) {
      called = converted(channel.localAddress());
    }
    return called;
  }

  @Override
  public @Nullable SocketAddress localAddress(boolean real) {
    return localAddress();
  }

  private static @Nullable SocketAddress converted(java.net.@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet ? SocketAddress.inetSocketAddress(inet) : null;
  }

  @Override
  public boolean isSsl() {
    return tls;
  }
}
