package dev.rollcall.proxy.forward.client;

import dev.rollcall.proxy.forward.http.ClientLink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ProtocolDetectionResult;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.vertx.core.net.SocketAddress;
import java.util.List;

/**
 * Reads the PROXY protocol (versions 1 and 2) at the start of connections from trusted proxies,
 * where it may or may not be, also before TLS: the client's address is then the one that it names.
 * Connections from others never get this handler, so to them the line is a malformed request.
 *
 * @see <a href="https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
final class ProxyProtocol extends ByteToMessageDecoder {

  /** Bytes of extensions in a header of version 2; none of them is read. */
  private static final int MOST_EXTENSIONS = 4 * 1024;

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    ProtocolDetectionResult<HAProxyProtocolVersion> found =
        HAProxyMessageDecoder.detectProtocol(in);
    if (found.state() == ProtocolDetectionState.NEEDS_MORE_DATA) {
      return;
    }
    if (found.state() == ProtocolDetectionState.DETECTED) {
      ctx.pipeline().addAfter(ctx.name(), null, new HAProxyMessageDecoder(MOST_EXTENSIONS));
      String decoder = ctx.pipeline().names().get(ctx.pipeline().names().indexOf(ctx.name()) + 1);
      ctx.pipeline().addAfter(decoder, null, new Address());
    }
    ctx.pipeline().remove(this);
  }

  /** Takes the address over and goes. */
  private static final class Address extends SimpleChannelInboundHandler<HAProxyMessage> {

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage message) {
      if (message.sourceAddress() != null && message.sourcePort() > 0) {
        ctx.channel()
            .attr(ClientLink.SPOKEN_FOR)
            .set(SocketAddress.inetSocketAddress(message.sourcePort(), message.sourceAddress()));
      }
      ctx.pipeline().remove(this);
    }
  }
}
