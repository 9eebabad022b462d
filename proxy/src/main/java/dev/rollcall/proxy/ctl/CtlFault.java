package dev.rollcall.proxy.ctl;

/** The command can't be done; its message is one line for people. */
final class CtlFault extends Exception {

  private static final long serialVersionUID = 1L;

  /** The arguments are wrong. */
  static final int USAGE = 2;

  /** Nobody answers, or the proxy refuses. */
  static final int REFUSED = 1;

  private final int exitCode;

  CtlFault(int exitCode, String line) {
    super(line);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
