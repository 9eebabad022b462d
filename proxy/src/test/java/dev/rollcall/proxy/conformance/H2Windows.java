package dev.rollcall.proxy.conformance;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How much may be sent on an HTTP/2 connection (RFC 9113 §5.2). Confined to the script's thread.
 */
final class H2Windows {

  /** What fits into a frame that nobody has allowed to be longer. */
  private static final int FRAME = 16_384;

  private long connection = 65_535;
  private int initial = 65_535;

  /** What a stream that begins now may send. */
  int initial() {
    return initial;
  }

  /** What the next frame of a body may hold; none if it isn't positive. */
  int room(H2Stream on) {
    return (int) Math.min(Math.min(connection, on.sendWindow), FRAME);
  }

  void spend(H2Stream on, int bytes) {
    connection -= bytes;
    on.sendWindow -= bytes;
  }

  /**
   * So many bytes more.
   *
   * @param on null: the connection
   */
  void open(@Nullable H2Stream on, int bytes) {
    if (on == null) {
      connection += bytes;
    } else {
      on.sendWindow += bytes;
    }
  }

  /** Streams begin with so many bytes, and those that have begun are given or taken the rest. */
  void begin(int window, Collection<H2Stream> begun) {
    int change = window - initial;
    initial = window;
    begun.forEach(stream -> stream.sendWindow += change);
  }
}
