package dev.rollcall.discovery.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** What a person needs of an exception: what, why, and where in our own code. */
final class ThrownLine {

  private static final String OURS = "dev.rollcall.";

  private ThrownLine() {}

  /** One line: {@code IOException: disk full (at Main.java:12)}; the innermost cause decides. */
  static String of(Throwable thrown) {
    Throwable cause = innermost(thrown);
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    String what = message == null || message.isBlank() ? name : name + ": " + message;
    String where = where(thrown, cause);
    return where == null ? what : what + " (at " + where + ")";
  }

  /** The whole stack trace, for those who debug. */
  static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static Throwable innermost(Throwable thrown) {
    Throwable cause = thrown;
    // Bounded: causes may form a circle.
    for (int depth = 0; depth < 32 && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static @Nullable String where(Throwable thrown, Throwable cause) {
    String inCause = ourFrame(cause);
    return inCause != null ? inCause : ourFrame(thrown);
  }

  private static @Nullable String ourFrame(Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        return frame.getFileName() + ":" + frame.getLineNumber();
      }
    }
    return null;
  }
}
