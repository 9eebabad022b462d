package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.LeftOver;
import dev.rollcall.proxy.forward.http.UnreadBytes;
import io.netty.channel.Channel;
import java.time.Duration;

/**
 * Knows how long a client has been at what: sending a header, nothing at all, what is left of a
 * request that has its answer; or not taking what was sent. Traffic loop only.
 */
final class ClientClock {

  /** Not looked at the clock yet: the next check does, so that no byte has to. */
  private static final long NOW = 0;

  /** What has taken too long. */
  enum Overdue {
    NOTHING,
    HEADER,
    REQUEST,
    LEFT_OVER,
    READING
  }

  private final UnreadBytes unread;
  private boolean waits;
  private boolean inHeader;
  private boolean inRequest;
  private boolean leftOver;
  private long headerSince = NOW;
  private long lastByte = NOW;

  ClientClock(Channel channel) {
    this.unread = new UnreadBytes(channel);
  }

  /** Bytes have come; {@code between} requests they are a header's. */
  void heard(boolean between) {
    if (!leftOver) {
      lastByte = NOW;
    }
    if (between && !inHeader) {
      inHeader = true;
      headerSince = NOW;
    }
  }

  boolean isInHeader() {
    return inHeader;
  }

  /** True when something that was sent had not been taken yet at the last look. */
  boolean isReading() {
    return waits;
  }

  /** A header is whole: until {@link #answered} others watch. */
  void begun() {
    inHeader = false;
    inRequest = true;
  }

  /** The request has its answer; what is left of it may still come, but not for long. */
  void answered() {
    inRequest = false;
    leftOver = true;
    lastByte = NOW;
  }

  /** Nothing is left of it. */
  void between() {
    leftOver = false;
  }

  /**
   * Asked a few times a second: that is how exact it is.
   *
   * @param idle without a byte, or without taking anything of what waits
   * @param header from a request's first byte to the end of its header
   */
  Overdue overdue(long now, Duration idle, Duration header) {
    waits = unread.look(now);
    if (waits) {
      if (unread.untaken(now) > idle.toNanos()) {
        return Overdue.READING;
      }
      // Who still takes what was sent before isn't idle.
      lastByte = NOW;
    }
    lastByte = lastByte == NOW ? now : lastByte;
    headerSince = headerSince == NOW ? now : headerSince;
    if (inRequest) {
      return Overdue.NOTHING;
    }
    if (inHeader) {
      return now - headerSince > header.toNanos() ? Overdue.HEADER : Overdue.NOTHING;
    }
    if (leftOver) {
      return now - lastByte > LeftOver.PATIENCE.toNanos() ? Overdue.LEFT_OVER : Overdue.NOTHING;
    }
    return now - lastByte > idle.toNanos() ? Overdue.REQUEST : Overdue.NOTHING;
  }
}
