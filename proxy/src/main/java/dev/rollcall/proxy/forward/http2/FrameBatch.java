package dev.rollcall.proxy.forward.http2;

import dev.rollcall.proxy.forward.http.LastWords;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects frames, which are small, until a flush: many answers are one write. What others write to
 * the channel keeps its place among them. Listens to no client that doesn't read. Traffic loop
 * only.
 */
final class FrameBatch extends ChannelDuplexHandler {

  /** Beyond this a batch is handed on. */
  private static final int FULL = 16 * 1024;

  private static final int FIRST = 2 * 1024;

  /** Up to this a copy is cheaper than one more buffer. */
  private static final int COPIED = 2 * 1024;

  /**
   * Bytes that may wait for a client to read them. Bodies stop far below; beyond it are heads and
   * control frames only, of a client that asks and doesn't listen (CVE-2019-9517).
   */
  private static final long MOST_UNREAD = 1 << 20;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf frames;
  private boolean closing;
  private boolean deaf;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  /** Where the next frame is appended. */
  ByteBuf open() {
    ByteBuf open = frames;
    if (open != null && open.readableBytes() >= FULL) {
      pass();
      open = null;
    }
    if (open == null) {
      open = context().alloc().directBuffer(FIRST);
      frames = open;
    }
    return open;
  }

  /** Appends bytes of a payload. */
  void add(ByteBuf payload, int length) {
    if (length <= COPIED) {
      open().writeBytes(payload, length);
    } else {
      pass();
      context().write(payload.readRetainedSlice(length), context().voidPromise());
    }
  }

  private void pass() {
    ByteBuf full = frames;
    frames = null;
    if (full != null) {
      context().write(full, context().voidPromise());
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    pass();
    ctx.write(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    pass();
    ctx.flush();
    if (!deaf && !ctx.channel().isWritable() && unread(ctx) > MOST_UNREAD) {
      deaf = true;
      ctx.channel().config().setAutoRead(false);
    }
  }

  private static long unread(ChannelHandlerContext ctx) {
    ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
    return out == null ? 0 : out.totalPendingWriteBytes();
  }

  /** Netty's codec reads on, whatever the channel's settings say. */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (!deaf) {
      ctx.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.fireChannelWritabilityChanged();
    if (deaf && ctx.channel().isWritable()) {
      deaf = false;
      ctx.channel().config().setAutoRead(true);
    }
  }

  /**
   * The client shall have what was written before, whatever it is still sending: frames cross on
   * the way, and bytes that nobody takes would make it a reset. Who is told to close again is about
   * to.
   */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
    if (!closing) {
      closing = true;
      pass();
      LastWords.below(ctx).linger();
    }
  }

  /** Closes at once, whatever the client has not taken. */
  void cut() {
    LastWords.below(context()).reset();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (frames != null) {
      frames.release();
      frames = null;
    }
  }
}
