package dev.rollcall.proxy.forward.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** An upstream connection after 101: bytes, no HTTP any more. */
final class RawTunnel extends ChannelInboundHandlerAdapter implements UpstreamTunnel {

  private final Channel channel;
  private final Deque<ByteBuf> early = new ArrayDeque<>(1);
  private Consumer<ByteBuf> bytes = early::add;
  private Runnable closed = () -> {};
  private Runnable writable = () -> {};

  /** Takes the channel out of HTTP; what the decoder still holds comes out as bytes. */
  RawTunnel(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void onBytes(Consumer<ByteBuf> bytes, Runnable closed, Runnable writable) {
    this.bytes = bytes;
    this.closed = closed;
    this.writable = writable;
    channel.pipeline().addLast(this);
    early.forEach(bytes);
    early.clear();
    for (Class<? extends ChannelHandler> http :
        List.of(Http1Connection.class, RequestEncoder.class, ResponseDecoder.class)) {
      channel.pipeline().remove(http);
    }
    if (!channel.isActive()) {
      closed.run();
    } else {
      channel.config().setAutoRead(true);
    }
  }

  @Override
  public void write(ByteBuf part) {
    channel.writeAndFlush(part, channel.voidPromise());
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void readable(boolean wanted) {
    channel.config().setAutoRead(wanted);
  }

  @Override
  public void close() {
    bytes = ByteBuf::release;
    early.forEach(ByteBuf::release);
    early.clear();
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf part) {
      bytes.accept(part);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      writable.run();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed.run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    channel.close();
  }
}
