package dev.rollcall.discovery.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds a secret, which may be given as text or by the name of a file that has it; where both are,
 * the environment beats the settings file. Its faults never show it.
 */
final class SecretLookup {

  private final Sources sources;

  SecretLookup(Sources sources) {
    this.sources = sources;
  }

  /** The secret, or null when there is none, or a fault was told. */
  @Nullable Secret resolve(
      String key, @Nullable Given direct, String fileKey, @Nullable Given path) {
    if (direct != null && path != null && sameKind(direct, path)) {
      sources.refuse(fileKey, "only one of " + key + " and " + fileKey);
      return null;
    }
    if (direct != null && (path == null || direct.origin() instanceof Origin.Variable)) {
      return fromText(key, direct);
    }
    return path == null ? null : fromFile(fileKey, path);
  }

  private static boolean sameKind(Given one, Given other) {
    return one.origin().getClass() == other.origin().getClass();
  }

  private @Nullable Secret fromText(String key, Given given) {
    if (!(given instanceof Given.Text text)) {
      sources.fault(Fault.misfit(key, "(not shown)", "some text", given.origin()));
      return null;
    }
    return text.text().isBlank() ? null : new Secret(text.text());
  }

  private @Nullable Secret fromFile(String key, Given given) {
    try {
      Path path = ValueType.FILE.read(given);
      try {
        String text = Files.readString(path).strip();
        if (!text.isEmpty()) {
          return new Secret(text);
        }
        sources.fault(
            Fault.misfit(key, path + " is empty", "a file with some text", given.origin()));
      } catch (IOException unreadable) {
        String why = path + " is " + Unreadable.why(path);
        sources.fault(Fault.misfit(key, why, "a readable file", given.origin()));
      }
    } catch (Misfit misfit) {
      sources.fault(Fault.misfit(key, given.shown(), misfit.expected(), given.origin()));
    }
    return null;
  }
}
