package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a request's body so that it can be sent, or sent again: up to 64 KB of what has
 * gone, all of what waits. Has a reference of its own to each part. Traffic loop only.
 */
final class Replay {

  private static final int MOST = 64 * 1024;

  private static final int GATHERED = 4 * 1024;

  private final List<ByteBuf> parts = new ArrayList<>(2);
  private @Nullable ByteBuf gathered;
  private long bytes;
  private boolean whole = true;

  /** True while everything that came is still here. */
  boolean isWhole() {
    return whole;
  }

  /** Keeps a part that nobody takes at the moment; takes over the reference. */
  void hold(ByteBuf part) {
    count(part);
    if (joins(part)) {
      part.release();
    } else {
      parts.add(part);
    }
  }

  /** Keeps a part that is being sent, if it can be sent again with all before it. */
  void remember(ByteBuf part) {
    count(part);
    if (!whole) {
      release();
    } else if (!joins(part)) {
      parts.add(part.retainedDuplicate());
    }
  }

  /** Tiny parts, one behind the other, share a buffer: each alone costs a hundred bytes more. */
  private boolean joins(ByteBuf part) {
    int size = part.readableBytes();
    if (gathered == null || gathered.readableBytes() + size > GATHERED) {
      gathered = null;
      ByteBuf last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
      if (last == null || last.readableBytes() + size > GATHERED) {
        return false;
      }
      gathered = part.alloc().heapBuffer(GATHERED, GATHERED);
      parts.add(gathered);
    }
    gathered.writeBytes(part, part.readerIndex(), size);
    return true;
  }

  private void count(ByteBuf part) {
    bytes += part.readableBytes();
    whole &= bytes <= MOST;
  }

  /** Sends all that is kept; what was too much to be sent again is gone then. */
  void sendTo(UpstreamStream stream) {
    // By index: a stream that fails may have all of it dropped.
    for (int i = 0; i < parts.size(); i++) {
      stream.data(parts.get(i).retainedDuplicate());
    }
    gathered = null;
    if (!whole) {
      release();
    }
  }

  /** Nobody will want it any more. */
  void drop() {
    whole = false;
    release();
  }

  private void release() {
    gathered = null;
    parts.forEach(ByteBuf::release);
    parts.clear();
  }
}
