package dev.rollcall.discovery.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Makes the names that nobody else has. */
public final class Ids {

  private static final int ID_BYTES = 4;
  private static final int EPOCH_BYTES = 16;
  private static final int NAME_LENGTH = 64;

  private Ids() {}

  /** Random epochs, 32 hex digits. */
  public static Supplier<String> epochs() {
    SecureRandom random = new SecureRandom();
    return () -> hex(random, EPOCH_BYTES);
  }

  /**
   * An instance's id: its name, made fit for a path and a map's key, and a random part for this
   * start.
   */
  public static String instance(String name) {
    String fit = name.replaceAll("[^A-Za-z0-9._-]", "-");
    String cut = fit.length() <= NAME_LENGTH ? fit : fit.substring(0, NAME_LENGTH);
    return cut + "-" + hex(new SecureRandom(), ID_BYTES);
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
