package dev.rollcall.proxy.forward.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The {@code Date} of responses that came without (RFC 9110 §6.6.1), formatted once a second. Any
 * thread.
 */
public final class HttpDate {

  private record Stamp(long second, String text) {}

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static volatile Stamp stamp = new Stamp(-1, "");

  private HttpDate() {}

  public static String now() {
    long second = System.currentTimeMillis() / 1000;
    Stamp last = stamp;
    if (last.second() != second) {
      last = new Stamp(second, IMF_FIXDATE.format(Instant.ofEpochSecond(second)));
      stamp = last;
    }
    return last.text();
  }
}
