package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  private static final String TEXT = "{\"id\":\"hello-1\"}";
  private static final Signature OURS = Signature.of("correct horse", null);

  @Test
  void opensWhatItSealed() {
    assertThat(OURS.open(OURS.seal(TEXT))).isEqualTo(TEXT);
  }

  /** Made by another implementation: {@code openssl dgst -sha256 -hmac}. */
  @Test
  void sealsAsEveryOtherJwsDoes() {
    assertThat(OURS.seal(TEXT))
        .isEqualTo(
            "eyJhbGciOiJIUzI1NiJ9.eyJpZCI6ImhlbGxvLTEifQ."
                + "q4K8uYLSTWmgVtSqZm4rWkHQ8ihHdvJhbtAhldiKZC0");
  }

  @Test
  void opensOtherHeadersOfTheSameKind() {
    String sealed = OURS.seal(TEXT);
    String typed = signedBy("correct horse", "{\"typ\":\"JWT\",\"alg\":\"HS256\"}");
    assertThat(typed).isNotEqualTo(sealed);
    assertThat(OURS.open(typed)).isEqualTo(TEXT);
  }

  @Test
  void believesThePreviousSecretDuringRotation() {
    Signature rotating = Signature.of("battery staple", "correct horse");
    assertThat(rotating.open(OURS.seal(TEXT))).isEqualTo(TEXT);
    assertThatThrownBy(() -> OURS.open(rotating.seal(TEXT)))
        .hasMessage("signed with another secret");
  }

  @Test
  void refusesAChangedText() {
    String[] parts = OURS.seal(TEXT).split("\\.");
    String forged = parts[0] + "." + base64("{\"id\":\"hello-2\"}") + "." + parts[2];
    assertThatThrownBy(() -> OURS.open(forged)).hasMessage("signed with another secret");
  }

  @Test
  void refusesWhatIsNotSigned() {
    assertThatThrownBy(() -> OURS.open(TEXT)).hasMessage("not signed, and a secret is set here");
  }

  @Test
  void withoutASecretRefusesWhatIsSigned() {
    assertThat(Signature.NONE.open(TEXT)).isEqualTo(TEXT);
    assertThat(Signature.NONE.seal(TEXT)).isEqualTo(TEXT);
    String sealed = OURS.seal(TEXT);
    assertThatThrownBy(() -> Signature.NONE.open(sealed))
        .hasMessage("signed or not JSON, and no secret is set here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"HS512\"}",
        "{\"alg\":[\"HS256\"]}",
        "{\"typ\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}"
      })
  void refusesEveryOtherWayToSign(String header) {
    String sealed = signedBy("correct horse", header);
    assertThatThrownBy(() -> OURS.open(sealed))
        .hasMessage("signed in another way (expected: HS256)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a.b", "a.b.c.d", "..", "!.!.!", "W10.W10.W10"})
  void refusesWhatIsNoJws(String text) {
    assertThatThrownBy(() -> OURS.open(text)).hasMessage("not a compact JWS");
  }

  @ParameterizedTest
  @CsvSource({"rollcall", "other"})
  void namesClustersApartBySecret(String name) {
    Signature theirs = Signature.of("battery staple", null);
    assertThat(Signature.NONE.clusterName(name)).isEqualTo(name);
    assertThat(OURS.clusterName(name)).matches(name + "-[0-9a-f]{32}");
    assertThat(OURS.clusterName(name)).isNotEqualTo(theirs.clusterName(name));
    assertThat(Signature.of("correct horse", "battery staple").clusterName(name))
        .isEqualTo(OURS.clusterName(name));
  }

  @Test
  void nobodyCanReadASecretFromIt() {
    assertThat(OURS.toString()).isEqualTo("signed");
  }

  @Test
  void refusesSecretsThatAreNone() {
    assertThatThrownBy(() -> Signature.of("", null)).hasMessageStartingWith("secret: empty");
    assertThatThrownBy(() -> Signature.of(null, "old")).hasMessageStartingWith("secret: not set");
    assertThat(Signature.of(null, null)).isSameAs(Signature.NONE);
  }

  /** A JWS of {@link #TEXT} with another header, made from the definition. */
  private static String signedBy(String secret, String header) {
    try {
      String input = base64(header) + "." + base64(TEXT);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
      return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
