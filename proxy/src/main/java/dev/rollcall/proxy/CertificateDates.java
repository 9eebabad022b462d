package dev.rollcall.proxy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * From when until when clients take a certificate. Wrong dates keep nobody from starting, since it
 * may be the clock that is wrong; but they are what breaks HTTPS most often, and nobody hears of it
 * until clients do.
 */
final class CertificateDates {

  /** Whoever renews by a program does it a month before the end, or a third of the time. */
  private static final Duration SOON = Duration.ofDays(7);

  private CertificateDates() {}

  /** What a person should hear of them, or null. */
  static @Nullable String complaint(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      return "holds only from " + date(from) + " on: clients refuse it until then";
    }
    if (now.isAfter(until)) {
      return "ended on " + date(until) + ": clients refuse it";
    }
    return now.isAfter(until.minus(SOON)) ? "ends on " + date(until) : null;
  }

  private static String date(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}
