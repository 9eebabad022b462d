package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Fault;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemPairTest {

  private static SelfSignedCertificate one;
  private static SelfSignedCertificate other;

  @TempDir Path dir;

  @BeforeAll
  static void make() {
    one = SelfSignedCertificate.create("one.example");
    other = SelfSignedCertificate.create("other.example");
  }

  @AfterAll
  static void delete() {
    one.delete();
    other.delete();
  }

  @Test
  void takesACertificateAndItsKey() {
    assertThat(faults(one.certificatePath(), one.privateKeyPath())).isEmpty();
  }

  @Test
  void takesSeveral() {
    assertThat(
            faults(
                one.certificatePath() + "," + other.certificatePath(),
                one.privateKeyPath() + "," + other.privateKeyPath()))
        .isEmpty();
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() {
    assertThat(faults(one.certificatePath(), other.privateKeyPath()))
        .containsExactly(
            "tls.key: %s (expected: PEM private keys without a passphrase; %s has none of %s), at ROLLCALL_TLS_KEY"
                .formatted(other.privateKeyPath(), other.privateKeyPath(), one.certificatePath()));
  }

  @Test
  void refusesFilesThatHoldSomethingElse() throws IOException {
    String nothing = Files.writeString(dir.resolve("x.pem"), "hello").toString();

    assertThat(faults(nothing, one.privateKeyPath()))
        .singleElement()
        .asString()
        .startsWith("tls.cert: " + nothing + " (expected: PEM certificates; there is none in ");
    assertThat(faults(one.certificatePath(), nothing))
        .singleElement()
        .asString()
        .startsWith("tls.key: " + nothing + " (expected: PEM private keys ");
  }

  @Test
  void takesTheOlderFormsThatVertxReads() throws IOException {
    String older =
        Files.writeString(
                dir.resolve("key.pem"),
                "-----BEGIN RSA PRIVATE KEY-----\nMII=\n-----END RSA PRIVATE KEY-----\n")
            .toString();

    assertThat(faults(one.certificatePath(), older)).isEmpty();
  }

  private static List<String> faults(String cert, String key) {
    return ProxyOptions.PROGRAM
        .read(null, Map.of("ROLLCALL_TLS_CERT", cert, "ROLLCALL_TLS_KEY", key))
        .faults()
        .stream()
        .map(Fault::toString)
        .toList();
  }
}
