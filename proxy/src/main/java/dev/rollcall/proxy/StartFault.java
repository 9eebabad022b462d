package dev.rollcall.proxy;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why a proxy can't start, as one line for a person. */
final class StartFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Causes may form a circle. */
  private static final int DEEPEST = 32;

  private StartFault(String line) {
    super(line, null, false, false);
  }

  /** Says which setting can help, {@code key} being that of a port that was to be bound. */
  static StartFault of(Throwable why, String key, String host, int port) {
    // The address first: Hazelcast calls the port taken, whatever the reason.
    if (any(why, StartFault::isElsewhere)) {
      String hostKey = key.replace("port", "host");
      return new StartFault(hostKey + ": " + host + " (expected: an address of this machine)");
    }
    if (any(why, cause -> message(cause).contains("permission denied"))) {
      return line(key, port, "not permitted to this user", "1024 or higher");
    }
    if (any(why, StartFault::isTaken)) {
      return line(key, port, "taken by another program", "a free port");
    }
    return new StartFault(key + ": " + port + ": " + innermost(why).getMessage());
  }

  private static StartFault line(String key, int port, String what, String expected) {
    return new StartFault(key + ": " + port + " is " + what + " (expected: " + expected + ")");
  }

  private static boolean isTaken(Throwable cause) {
    return message(cause).contains("address already in use")
        || message(cause).contains("auto-increment is disabled");
  }

  private static boolean isElsewhere(Throwable cause) {
    return cause instanceof UnknownHostException
        || message(cause).contains("assign requested address");
  }

  private static String message(Throwable cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static boolean any(Throwable why, Predicate<Throwable> sign) {
    return Stream.iterate(why, Objects::nonNull, Throwable::getCause).limit(DEEPEST).anyMatch(sign);
  }

  private static Throwable innermost(Throwable why) {
    Throwable cause = why;
    for (int depth = 0; depth < DEEPEST && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return cause;
  }
}
