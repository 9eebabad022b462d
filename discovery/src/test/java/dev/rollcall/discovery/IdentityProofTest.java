package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentityProofTest {

  private static final String NONCE = "00112233445566778899aabbccddeeff";

  @Test
  void isTheHmacOfIdLineFeedAndNonce() {
    // printf 'hello-1-x7\n00112233445566778899aabbccddeeff' | openssl dgst -sha256 -hmac s3cret
    assertThat(IdentityProof.of("s3cret", "hello-1-x7", NONCE))
        .isEqualTo("4c437e8f801317420b7066798de10516a685af81308269fb66c89ea72e275449");
  }

  @Test
  void holdsOnlyForTheSameSecretIdAndNonce() {
    String proof = IdentityProof.of("s3cret", "hello-1-x7", NONCE);

    assertThat(IdentityProof.holds(proof, "s3cret", "hello-1-x7", NONCE)).isTrue();
    assertThat(IdentityProof.holds(proof, "other", "hello-1-x7", NONCE)).isFalse();
    assertThat(IdentityProof.holds(proof, "s3cret", "hello-2-x7", NONCE)).isFalse();
    assertThat(IdentityProof.holds(proof, "s3cret", "hello-1-x7", NONCE + "00")).isFalse();
    assertThat(IdentityProof.holds("", "s3cret", "hello-1-x7", NONCE)).isFalse();
  }

  @Test
  void takesOnlyHexOfSensibleLengthForANonce() {
    assertThat(IdentityProof.acceptable(NONCE)).isTrue();
    assertThat(IdentityProof.acceptable("0011")).isFalse();
    assertThat(IdentityProof.acceptable("not hex, but long enough")).isFalse();
    assertThat(IdentityProof.acceptable("a".repeat(129))).isFalse();
  }
}
