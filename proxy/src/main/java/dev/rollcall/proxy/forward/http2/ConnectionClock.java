package dev.rollcall.proxy.forward.http2;

import dev.rollcall.proxy.forward.http.UnreadBytes;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Knows how long a client of HTTP/2 has been at what: sending a header, nothing at all; or not
 * taking what was sent. Traffic loop only.
 */
final class ConnectionClock {

  /** How long after the limit of a farewell a client may still take what was sent before. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** What has taken too long. */
  enum Overdue {
    NOTHING,
    HEADER,
    READING,
    QUIET
  }

  private final HeaderClock header = new HeaderClock();
  private final StreamWatch streams;
  private final UnreadBytes unread;
  private long quietSince = System.nanoTime();
  private boolean heard;
  private @Nullable Long lastWordsUntil;

  ConnectionClock(Http2ClientConnection connection) {
    this.streams = new StreamWatch(connection);
    this.unread = new UnreadBytes(connection.channel());
  }

  /** A client that sends is not quiet. */
  void heard() {
    heard = true;
  }

  /** Bytes of frames from here up to the reader's index have been taken. */
  void passed(ByteBuf in, int from) {
    header.passed(in, from);
  }

  /** The connection shall be over within this time. */
  void endsWithin(Duration limit) {
    lastWordsUntil = System.nanoTime() + LAST_WORDS.plus(limit).toNanos();
  }

  /** However long it takes. */
  void endsSometime() {
    lastWordsUntil = null;
  }

  /**
   * Asked a few times a second: that is how exact it is. Ends streams that are overdue themselves.
   *
   * @param idle without a stream, or without taking anything of what waits for it
   * @param fields from a header's first byte to its end
   */
  Overdue overdue(long now, Duration idle, Duration fields) {
    boolean waits = unread.look(now);
    if ((waits && unread.untaken(now) > idle.toNanos()) || isLate(now)) {
      return Overdue.READING;
    }
    if (header.isOverdue(now, fields)) {
      return Overdue.HEADER;
    }
    if (streams.look(now, idle) || heard || waits) {
      heard = false;
      quietSince = now;
      return Overdue.NOTHING;
    }
    // Who has been told to go is not told again: that would give it ever more time.
    boolean quiet = lastWordsUntil == null && now - quietSince > idle.toNanos();
    return quiet ? Overdue.QUIET : Overdue.NOTHING;
  }

  private boolean isLate(long now) {
    return lastWordsUntil != null && now - lastWordsUntil > 0;
  }
}
