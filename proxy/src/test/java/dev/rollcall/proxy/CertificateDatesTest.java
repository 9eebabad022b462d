package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CertificateDatesTest {

  private static final Duration DAY = Duration.ofDays(1);

  private static SelfSignedCertificate made;
  private static X509Certificate certificate;
  private static Instant from;
  private static Instant until;

  @BeforeAll
  static void make() {
    made = SelfSignedCertificate.create("one.example");
    certificate = Objects.requireNonNull(PemPair.leaf(Path.of(made.certificatePath())));
    from = certificate.getNotBefore().toInstant();
    until = certificate.getNotAfter().toInstant();
  }

  @AfterAll
  static void delete() {
    made.delete();
  }

  @Test
  void saysNothingOfOneThatHolds() {
    assertThat(CertificateDates.complaint(certificate, from.plus(DAY))).isNull();
    assertThat(CertificateDates.complaint(certificate, until.minus(DAY.multipliedBy(8)))).isNull();
  }

  @Test
  void tellsThatItHasEnded() {
    assertThat(CertificateDates.complaint(certificate, until.plus(DAY)))
        .isEqualTo("ended on " + date(until) + ": clients refuse it");
  }

  @Test
  void tellsThatItEndsSoon() {
    assertThat(CertificateDates.complaint(certificate, until.minus(DAY)))
        .isEqualTo("ends on " + date(until));
  }

  @Test
  void tellsThatItDoesNotHoldYet() {
    assertThat(CertificateDates.complaint(certificate, from.minus(DAY)))
        .isEqualTo("holds only from " + date(from) + " on: clients refuse it until then");
  }

  private static String date(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}
