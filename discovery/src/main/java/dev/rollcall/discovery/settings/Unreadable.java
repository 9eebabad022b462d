package dev.rollcall.discovery.settings;

import java.nio.file.Files;
import java.nio.file.Path;

/** Why a file can't be read, in words. */
public final class Unreadable {

  private Unreadable() {}

  public static String why(Path path) {
    if (!Files.exists(path)) {
      return "missing";
    }
    if (Files.isDirectory(path)) {
      return "a directory";
    }
    return Files.isReadable(path) ? "unreadable" : "not readable for this user";
  }
}
