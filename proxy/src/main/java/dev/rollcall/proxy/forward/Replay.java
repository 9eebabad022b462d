package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a request's body so that it can be sent, or sent again: up to 64 KB of what has
 * gone, all of what waits. Has a reference of its own to each part. Traffic loop only.
 */
final class Replay {

  private static final int MOST = 64 * 1024;

  private final List<ByteBuf> parts = new ArrayList<>(2);
  private long bytes;
  private boolean whole = true;

  /** True while everything that came is still here. */
  boolean isWhole() {
    return whole;
  }

  /** Keeps a part that nobody takes at the moment; takes over the reference. */
  void hold(ByteBuf part) {
    count(part);
    parts.add(part);
  }

  /** Keeps a part that is being sent, if it can be sent again with all before it. */
  void remember(ByteBuf part) {
    count(part);
    if (whole) {
      parts.add(part.retainedDuplicate());
    } else {
      release();
    }
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
    parts.forEach(ByteBuf::release);
    parts.clear();
  }
}
