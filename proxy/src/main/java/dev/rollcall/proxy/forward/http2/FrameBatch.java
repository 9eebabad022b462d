package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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

  /** How long the last words to a client may take. */
  private static final long LAST_WORDS_SECONDS = 2;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf frames;
  private boolean closing;
  private boolean lingers;
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
   * The next close waits until the client has read what was sent, although it is still sending:
   * bytes that nobody takes would make it a reset, which can destroy what was sent before (RFC 9112
   * §9.6 says so of TCP).
   */
  void linger() {
    lingers = true;
  }

  /** The client shall have what was written before; who is told to close again is about to. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    pass();
    if (closing) {
      ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
      return;
    }
    closing = true;
    ChannelFuture written = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (written.isDone() && !lingers) {
      ctx.close(promise);
      return;
    }
    var cut =
        ctx.executor().schedule(() -> ctx.close(promise), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    ctx.channel()
        .closeFuture()
        .addListener(
            closed -> {
              cut.cancel(false);
              promise.trySuccess();
            });
    written.addListener(done -> lastWordsAreOut(ctx));
  }

  private void lastWordsAreOut(ChannelHandlerContext ctx) {
    if (lingers && ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
      duplex.shutdownOutput();
      deaf = false;
      duplex.config().setAutoRead(true);
    } else {
      ctx.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (frames != null) {
      frames.release();
      frames = null;
    }
  }
}
