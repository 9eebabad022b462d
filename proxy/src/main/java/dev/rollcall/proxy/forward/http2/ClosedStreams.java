package dev.rollcall.proxy.forward.http2;

import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * How those streams ended that exist no more: what still comes on one is judged by that (RFC 9113
 * §5.1). Nearly all end as they should, so only the others are remembered, and of these the last.
 * Traffic loop only.
 */
final class ClosedStreams extends Http2ConnectionAdapter {

  /** Resets that are remembered; more than a client can have on its way to us. */
  private static final int RESETS = 256;

  private static final int GAPS = 8;

  /** What is known of a stream that doesn't exist. */
  enum End {
    /** It has not begun. */
    NEW,
    /** The client has said its last word on it. */
    ENDED,
    /** The client has cancelled it. */
    CANCELLED,
    /** We have reset or refused it: the client may not know yet. */
    RESET,
    /** The client has opened a later one before: it never may begin. */
    SKIPPED,
    /** It was reset so long ago that nobody remembers by whom. */
    FORGOTTEN
  }

  /** Of streams that were reset; negative: by the client. */
  private int @Nullable [] resets;

  private int resetAt;
  private int forgotten;

  /** The first and last of each row of numbers that were left out. */
  private int @Nullable [] gaps;

  private int gapAt;
  private int last = -1;

  @Override
  public void onStreamAdded(Http2Stream stream) {
    int id = stream.id();
    if (id > last + 2) {
      gaps = gaps == null ? new int[2 * GAPS] : gaps;
      gaps[gapAt] = last + 2;
      gaps[gapAt + 1] = id - 2;
      gapAt = (gapAt + 2) % gaps.length;
    }
    last = Math.max(last, id);
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    if (stream.isResetSent()) {
      reset(stream.id());
    }
  }

  /** We have reset it, or refused to open it. */
  void reset(int id) {
    remember(id);
  }

  /** The client has cancelled it. */
  void cancelled(int id) {
    remember(-id);
  }

  private void remember(int id) {
    resets = resets == null ? new int[RESETS] : resets;
    forgotten = Math.max(forgotten, Math.abs(resets[resetAt]));
    resets[resetAt] = id;
    resetAt = (resetAt + 1) % RESETS;
  }

  /**
   * How a stream ended.
   *
   * @param id of a client's stream that doesn't exist
   */
  End end(int id) {
    End reset = resets == null ? null : find(id, resets);
    if (reset != null) {
      return reset;
    }
    if (id > last) {
      return End.NEW;
    }
    if (isSkipped(id)) {
      return End.SKIPPED;
    }
    return id <= forgotten ? End.FORGOTTEN : End.ENDED;
  }

  private static @Nullable End find(int id, int[] resets) {
    End found = null;
    for (int reset : resets) {
      if (reset == id) {
        return End.RESET;
      }
      found = reset == -id ? End.CANCELLED : found;
    }
    return found;
  }

  private boolean isSkipped(int id) {
    for (int i = 0; gaps != null && i < gaps.length; i += 2) {
      if (gaps[i] <= id && id <= gaps[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
