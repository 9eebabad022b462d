package dev.rollcall.discovery.store;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How the registry remembers who may renew an entry: by the SHA-256 of its key, in a field of its
 * own. Keys are hard to guess, so a plain digest gives nothing away.
 */
final class KeyDigest {

  private static final String FIELD = "keyDigest";

  private KeyDigest() {}

  /** As the part of an entry that is no part of the instance. */
  static JsonObject field(String key) {
    return new JsonObject().put(FIELD, of(key));
  }

  /** True if the entry was written for the holder of this key. */
  static boolean opens(String key, JsonObject entry) {
    return entry.getValue(FIELD) instanceof String digest
        && MessageDigest.isEqual(
            digest.getBytes(StandardCharsets.UTF_8), of(key).getBytes(StandardCharsets.UTF_8));
  }

  private static String of(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
