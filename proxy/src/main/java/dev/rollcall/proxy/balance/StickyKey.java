package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Upstream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values of sticky cookies: HMAC-SHA256 (RFC 2104) of service, id and epoch of an
 * instance, cut to 128 bits. So a cookie is a pseudonym: it tells neither address nor name, can't
 * be made up, and means one start of one instance.
 *
 * <p>All proxies must come to the same value. The key is the cluster's secret. Without a secret it
 * is the instance's epoch: random, known to every proxy by the registry and to no client. Static
 * upstreams have no such epoch; without a secret their cookies hold until the proxy restarts, and
 * for one proxy only.
 */
public final class StickyKey {

  private static final int VALUE_BYTES = 16;
  private static final int EPOCH_LEAST = 16;

  private final byte @Nullable [] secret;
  private final byte[] random;

  private StickyKey(byte @Nullable [] secret, byte[] random) {
    this.secret = secret;
    this.random = random;
  }

  /**
   * @param secret the cluster's, or null when there is none
   */
  public static StickyKey of(@Nullable String secret) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return new StickyKey(secret == null ? null : secret.getBytes(StandardCharsets.UTF_8), random);
  }

  /** The cookie's value for an upstream of the service. */
  String value(String service, Upstream upstream) {
    String subject = "sticky\n" + service + '\n' + upstream.id() + '\n' + upstream.epoch();
    return text(hmac(key(upstream), subject), VALUE_BYTES);
  }

  /** The cookie's name: tells two services on one host apart without telling what they are. */
  static String name(String service) {
    return "rollcall-" + Long.toHexString(TextHash.of(service));
  }

  private byte[] key(Upstream upstream) {
    if (secret != null) {
      return secret;
    }
    return upstream.epoch().length() < EPOCH_LEAST
        ? random
        : upstream.epoch().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, String subject) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(subject.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static String text(byte[] bytes, int length) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, length));
  }
}
