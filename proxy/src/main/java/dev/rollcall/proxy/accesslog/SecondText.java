package dev.rollcall.proxy.accesslog;

import java.time.Instant;
import java.util.function.Function;

/** The text of a second, made once for all requests that end in it. One thread. */
final class SecondText {

  private final Function<Instant, String> format;
  private long second = Long.MIN_VALUE;
  private String text = "";

  SecondText(Function<Instant, String> format) {
    this.format = format;
  }

  /**
   * @param millis since 1970
   */
  String of(long millis) {
    long now = Math.floorDiv(millis, 1000L);
    if (now != second) {
      second = now;
      text = format.apply(Instant.ofEpochSecond(now));
    }
    return text;
  }
}
