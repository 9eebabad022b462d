package dev.rollcall.proxy.forward.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is written to a connection until a flush, so that a head and a small body are one
 * buffer and one write; large parts keep their place without a copy. Traffic loop only.
 */
public final class WriteBatch {

  private static final int FIRST = 512;

  /** Up to this a copy is cheaper than one more buffer. */
  private static final int COPIED = 1024;

  /** No thread keeps a larger one for the next head. */
  private static final int KEPT = 16 * 1024;

  /** Heads are put together in the heap: of some thirty copies none passes NIO's checks there. */
  private static final FastThreadLocal<ByteBuf> SCRATCH = new FastThreadLocal<>();

  private final Channel channel;
  private @Nullable ByteBuf open;
  private long flushes;

  public WriteBatch(Channel channel) {
    this.channel = channel;
  }

  /** An empty buffer for a head, to be {@linkplain #addHead added} before any other is begun. */
  public static ByteBuf scratch() {
    ByteBuf kept = SCRATCH.get();
    if (kept == null || kept.capacity() > KEPT) {
      kept = Unpooled.buffer(FIRST);
      SCRATCH.set(kept);
    }
    return kept.clear();
  }

  /** Appends what stands in a {@linkplain #scratch scratch buffer}. */
  public void addHead(ByteBuf head) {
    int length = head.readableBytes();
    ByteBuf out = open;
    if (out == null) {
      out = channel.alloc().directBuffer(Math.max(FIRST, length));
      open = out;
    }
    out.writeBytes(head.array(), head.arrayOffset() + head.readerIndex(), length);
  }

  /** Where the next bytes are appended. */
  public ByteBuf open() {
    ByteBuf out = open;
    if (out == null) {
      out = channel.alloc().directBuffer(FIRST);
      open = out;
    }
    return out;
  }

  /** Appends a part of a body; takes over the reference. */
  public void add(ByteBuf part) {
    if (part.readableBytes() <= COPIED) {
      open().writeBytes(part);
      part.release();
    } else {
      pass();
      channel.write(part, channel.voidPromise());
    }
  }

  private void pass() {
    ByteBuf out = open;
    open = null;
    if (out != null) {
      channel.write(out, channel.voidPromise());
    }
  }

  public void flush() {
    flushes++;
    pass();
    channel.flush();
  }

  /** How often something was sent. */
  public long flushes() {
    return flushes;
  }

  /** Nobody will read it any more. */
  public void drop() {
    if (open != null) {
      open.release();
      open = null;
    }
  }
}
