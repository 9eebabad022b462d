package dev.rollcall.proxy.forward.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.function.Consumer;

/**
 * One side of a tunnel: a connection after 101 (RFC 9110 §7.8), bytes, no HTTP any more. Traffic
 * loop only.
 */
public final class RawTunnel extends ChannelInboundHandlerAdapter {

  private final Channel channel;
  private final List<ChannelHandler> http;
  private Consumer<ByteBuf> bytes = ByteBuf::release;
  private Runnable closed = () -> {};
  private Runnable writable = () -> {};

  /**
   * Changes nothing yet.
   *
   * @param http the handlers to take out; what a decoder still holds comes out as bytes
   */
  public RawTunnel(Channel channel, ChannelHandler... http) {
    this.channel = channel;
    this.http = List.of(http);
  }

  /**
   * From now on it is no HTTP: where its bytes go, when it closes, and when it can take more.
   *
   * @param bytes receives and releases
   */
  public void onBytes(Consumer<ByteBuf> bytes, Runnable closed, Runnable writable) {
    this.bytes = bytes;
    this.closed = closed;
    this.writable = writable;
    channel.pipeline().addLast(this);
    http.forEach(channel.pipeline()::remove);
    if (!channel.isActive()) {
      closed.run();
    } else {
      channel.config().setAutoRead(true);
    }
  }

  /** Sends; takes over the reference. */
  public void write(ByteBuf part) {
    channel.writeAndFlush(part, channel.voidPromise());
  }

  public boolean isWritable() {
    return channel.isWritable();
  }

  public void readable(boolean wanted) {
    channel.config().setAutoRead(wanted);
  }

  /** Closes after what was written is sent, or when nobody takes it. Idempotent. */
  public void close() {
    bytes = ByteBuf::release;
    if (channel.isActive()) {
      LastBytes.sendAndClose(channel);
    }
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
