package dev.rollcall.discovery;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the shared secret does for the registry: it signs the values (JWS compact, HS256; RFC 7515
 * and RFC 7518 §3.2) and names the cluster, so that strangers never meet. The current secret signs;
 * a previous one is still believed while secrets are rotated. Probes have {@link IdentityProof}.
 *
 * <p>Immutable; any thread. {@link #NONE} signs nothing and believes whatever is not signed.
 */
public final class Signature {

  /** Without a secret: values stand as they are. */
  public static final Signature NONE = new Signature(List.of());

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = base64("{\"alg\":\"HS256\"}");

  private final List<SecretKeySpec> keys;

  private Signature(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /**
   * @param secret signs and is believed; null: {@link #NONE}
   * @param previous believed too, or null
   * @throws IllegalArgumentException if a secret is empty, or only a previous one is given
   */
  public static Signature of(@Nullable String secret, @Nullable String previous) {
    if (secret == null && previous == null) {
      return NONE;
    }
    if (secret == null) {
      throw new IllegalArgumentException("secret: not set (expected: set, as secret.previous is)");
    }
    return new Signature(
        Stream.of(secret, previous == null ? secret : previous)
            .distinct()
            .map(Signature::key)
            .toList());
  }

  /**
   * While secrets are rotated, the signature for those who know only the previous one: that signs,
   * both are believed. Empty at all other times.
   */
  public Optional<Signature> before() {
    return keys.size() < 2
        ? Optional.empty()
        : Optional.of(new Signature(List.of(keys.get(1), keys.get(0))));
  }

  /** True when there is a secret. */
  public boolean signs() {
    return !keys.isEmpty();
  }

  /** The text as it goes into the registry. */
  public String seal(String text) {
    if (!signs()) {
      return text;
    }
    String input = HEADER + "." + base64(text);
    return input + "." + BASE64.encodeToString(mac(keys.get(0), input));
  }

  /**
   * The text that was sealed.
   *
   * @throws IllegalArgumentException with one clear line when the value can't be believed
   */
  public String open(String sealed) {
    boolean looksSigned = !sealed.stripLeading().startsWith("{");
    if (!signs()) {
      if (looksSigned) {
        throw new IllegalArgumentException("signed or not JSON, and no secret is set here");
      }
      return sealed;
    }
    if (!looksSigned) {
      throw new IllegalArgumentException("not signed, and a secret is set here");
    }
    String[] parts = sealed.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a compact JWS");
    }
    requireHs256(parts[0]);
    byte[] given = decode(parts[2]);
    String input = parts[0] + "." + parts[1];
    for (SecretKeySpec key : keys) {
      if (MessageDigest.isEqual(mac(key, input), given)) {
        return new String(decode(parts[1]), StandardCharsets.UTF_8);
      }
    }
    throw new IllegalArgumentException("signed with another secret");
  }

  /**
   * The cluster's effective name: the name itself without a secret, else the name, a dash and 32
   * hex digits of HMAC-SHA256 over {@code rollcall.cluster:} and the name. Hazelcast refuses
   * whoever comes with another, and the digits tell nothing of the secret.
   */
  public String clusterName(String name) {
    if (!signs()) {
      return name;
    }
    byte[] mac = mac(keys.get(0), "rollcall.cluster:" + name);
    return name + "-" + HexFormat.of().formatHex(mac, 0, 16);
  }

  /** Says whether there is a secret, never which. */
  @Override
  public String toString() {
    return signs() ? "signed" : "not signed";
  }

  private static void requireHs256(String header) {
    try {
      JsonObject json = new JsonObject(new String(decode(header), StandardCharsets.UTF_8));
      // RFC 7515 §4.1.11: whoever doesn't know an extension that is marked critical must refuse.
      if ("HS256".equals(json.getValue("alg")) && !json.containsKey("crit")) {
        return;
      }
    } catch (DecodeException notJson) {
      throw new IllegalArgumentException("not a compact JWS", notJson);
    }
    throw new IllegalArgumentException("signed in another way (expected: HS256)");
  }

  private static SecretKeySpec key(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("secret: empty (expected: at least one character)");
    }
    return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  private static byte[] mac(SecretKeySpec key, String input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      // Every Java platform is required to have HmacSHA256.
      throw new IllegalStateException("HmacSHA256 is missing from this Java runtime", missing);
    }
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException("not a compact JWS", notBase64);
    }
  }
}
