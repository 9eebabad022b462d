package dev.rollcall.discovery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How an instance shows a probe that it is the one that registered, and not another process that
 * took over its address or replayed its registration. The probe sends {@value #NONCE}; the answer
 * names the instance in {@value #INSTANCE} and, when the two share a secret, carries {@value
 * #PROOF}: HMAC-SHA256 (RFC 2104) of id, line feed and nonce.
 *
 * <p>The line feed keeps proofs and signed registrations apart, which use the same secret: the
 * signing input of a JWS is base64url and can't contain one, so no proof is ever a signature.
 */
public final class IdentityProof {

  /** Request header: fresh random text for each probe, 16 to 128 hex digits. */
  public static final String NONCE = "Rollcall-Nonce";

  /** Response header: the id of the instance that answers. */
  public static final String INSTANCE = "Rollcall-Instance";

  /** Response header: lower-case hex. */
  public static final String PROOF = "Rollcall-Proof";

  private static final int NONCE_MIN = 16;
  private static final int NONCE_MAX = 128;

  private IdentityProof() {}

  /** True for 16 to 128 hex digits: nothing else is worth an HMAC. */
  public static boolean acceptable(String nonce) {
    return nonce.length() >= NONCE_MIN
        && nonce.length() <= NONCE_MAX
        && nonce.chars().allMatch(HexFormat::isHexDigit);
  }

  /** The proof that {@code id} answers to {@code nonce}. */
  public static String of(String secret, String id, String nonce) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] said = (id + "\n" + nonce).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(said));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** True if {@code proof} is right; takes as long for a near miss as for a far one. */
  public static boolean holds(String proof, String secret, String id, String nonce) {
    return MessageDigest.isEqual(
        proof.getBytes(StandardCharsets.UTF_8),
        of(secret, id, nonce).getBytes(StandardCharsets.UTF_8));
  }
}
