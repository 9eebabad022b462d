package dev.rollcall.proxy.forward.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is written to a client until a flush, so that a head and a small body are one
 * buffer and one write; large parts keep their place without a copy. Traffic loop only.
 */
final class AnswerBatch {

  private static final int FIRST = 512;

  /** Up to this a copy is cheaper than one more buffer. */
  private static final int COPIED = 1024;

  private final Channel channel;
  private @Nullable ByteBuf open;
  private long flushes;

  AnswerBatch(Channel channel) {
    this.channel = channel;
  }

  /** Where the next bytes are appended. */
  ByteBuf open() {
    ByteBuf out = open;
    if (out == null) {
      out = channel.alloc().directBuffer(FIRST);
      open = out;
    }
    return out;
  }

  /** Appends a part of a body; takes over the reference. */
  void add(ByteBuf part) {
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

  void flush() {
    flushes++;
    pass();
    channel.flush();
  }

  /** How often something was sent. */
  long flushes() {
    return flushes;
  }

  /** Nobody will read it any more. */
  void drop() {
    if (open != null) {
      open.release();
      open = null;
    }
  }
}
