package dev.rollcall.proxy.forward.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each TCP connection when it is accepted, before a byte of it is read and before TLS
 * costs anything: counts it against the limits, and lets trusted proxies say for whom they call.
 * Stands in the pipeline of listening sockets; one for all of them, on the acceptor's thread.
 */
@Sharable
final class AcceptFilter extends ChannelInboundHandlerAdapter {

  private volatile @Nullable EdgeRules rules;

  /** From now on connections are held to these. */
  void hold(EdgeRules next) {
    rules = next;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object accepted) {
    Channel client = (Channel) accepted;
    if (letIn(client)) {
      ctx.fireChannelRead(client);
    } else {
      client.unsafe().closeForcibly();
    }
  }

  private boolean letIn(Channel client) {
    EdgeRules now = rules;
    // Without an address it was reset before it was accepted: there is nobody to name.
    if (now == null || !(client.remoteAddress() instanceof InetSocketAddress from)) {
      return false;
    }
    InetAddress address = from.getAddress();
    boolean trusted = now.trusted().contains(from);
    ConnectionLimit limit = now.connectionLimit();
    if (!(trusted ? limit.enterTrusted() : limit.enter(address))) {
      return false;
    }
    client
        .closeFuture()
        .addListener(
            closed -> {
              if (trusted) {
                limit.leaveTrusted();
              } else {
                limit.leave(address);
              }
            });
    if (trusted) {
      client.pipeline().addLast(new ProxyProtocol());
    }
    return true;
  }
}
