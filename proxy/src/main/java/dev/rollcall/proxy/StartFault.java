package dev.rollcall.proxy;

import java.net.UnknownHostException;
import java.util.Locale;

/** Why a proxy can't start, as one line for a person. */
final class StartFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private StartFault(String line) {
    super(line, null, false, false);
  }

  /** Says which setting can help, {@code key} being that of a port that was to be bound. */
  static StartFault of(Throwable why, String key, String host, int port) {
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (isTaken(cause)) {
        return line(key, port, "taken by another program", "a free port");
      }
      if (String.valueOf(cause.getMessage()).contains("Permission denied")) {
        return line(key, port, "not permitted to this user", "1024 or higher");
      }
      if (isElsewhere(cause)) {
        String hostKey = key.replace(".port", ".host");
        return new StartFault(hostKey + ": " + host + " (expected: an address of this machine)");
      }
    }
    return new StartFault(key + ": " + port + ": " + innermost(why).getMessage());
  }

  private static StartFault line(String key, int port, String what, String expected) {
    return new StartFault(key + ": " + port + " is " + what + " (expected: " + expected + ")");
  }

  private static boolean isTaken(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("address already in use")
        || message.contains("auto-increment is disabled")
        || message.contains("already bound");
  }

  private static boolean isElsewhere(Throwable cause) {
    return cause instanceof UnknownHostException
        || String.valueOf(cause.getMessage()).contains("assign requested address");
  }

  private static Throwable innermost(Throwable why) {
    Throwable cause = why;
    for (int depth = 0; depth < 32 && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return cause;
  }
}
