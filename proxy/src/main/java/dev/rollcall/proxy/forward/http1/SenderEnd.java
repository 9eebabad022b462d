package dev.rollcall.proxy.forward.http1;

import java.time.Duration;

/**
 * Whether a client has shut its sending side. It has gone then, or it still waits for its answer
 * (RFC 9293 §3.6): only what is sent to it tells, since one that has gone resets. So it may stay as
 * long as its answer comes. Traffic loop only.
 */
final class SenderEnd {

  /** How long nothing of the answer may come until the client counts as gone. */
  static final Duration SILENCE = Duration.ofSeconds(1);

  private boolean come;
  private long flushes = -1;
  private long since;

  void come() {
    come = true;
  }

  boolean hasCome() {
    return come;
  }

  /**
   * Asked a few times a second.
   *
   * @param sent how often something was sent so far
   * @param waits something that was sent has not been taken yet
   */
  boolean isGone(long now, long sent, boolean waits) {
    if (!come) {
      return false;
    }
    if (waits || sent != flushes) {
      flushes = sent;
      since = now;
      return false;
    }
    return now - since > SILENCE.toNanos();
  }
}
