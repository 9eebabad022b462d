package dev.rollcall.proxy.forward.http;

import java.time.Duration;

/**
 * What a client still sends of a request that has its whole answer. It is read and dropped, so that
 * what comes next can be (RFC 9112 §9.3), but only so much and so long: whoever uploads gigabytes
 * to an address that isn't there is better served by an end.
 */
public final class LeftOver {

  /** For how long it may come. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int MOST = 256 * 1024;

  private LeftOver() {}

  public static boolean isTooMuch(long bytes) {
    return bytes > MOST;
  }
}
