package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.time.Duration;

/**
 * Knows since when a client has been sending a field section that isn't whole. Netty's reader tells
 * of it only at its end, and a stream that could have a deadline begins there. Traffic loop only.
 */
final class HeaderClock {

  private static final int PREFACE = 24;

  private int left = PREFACE;
  private boolean within;
  private boolean last;
  private long since;

  /** Bytes from here up to the reader's index have been taken. */
  void passed(ByteBuf in, int from) {
    int end = in.readerIndex();
    int at = from;
    while (at < end) {
      if (left == 0) {
        if (end - at < Http2CodecUtil.FRAME_HEADER_LENGTH) {
          // Skipped, because the connection has failed.
          return;
        }
        begin(in, at);
        at += Http2CodecUtil.FRAME_HEADER_LENGTH;
      }
      int part = Math.min(left, end - at);
      at += part;
      left -= part;
      within &= left > 0 || !last;
    }
    if (!within) {
      since = 0;
    } else if (since == 0) {
      since = System.nanoTime();
    }
  }

  private void begin(ByteBuf in, int at) {
    left = in.getUnsignedMedium(at);
    byte type = in.getByte(at + 3);
    boolean fields = type == Http2FrameTypes.HEADERS || type == Http2FrameTypes.CONTINUATION;
    within |= fields;
    last = fields && (in.getByte(at + 4) & Http2Flags.END_HEADERS) != 0;
  }

  /** It has taken longer than that. */
  boolean isOverdue(long now, Duration limit) {
    return since != 0 && now - since > limit.toNanos();
  }
}
