package dev.rollcall.proxy.conformance;

/** How the other side ended a connection or stream, as far as it was read. */
enum End {
  /** It had not when we stopped looking. */
  OPEN,
  /** An orderly close (FIN). */
  CLOSED,
  /** A reset: what was sent may be incomplete, and the reader knows. */
  RESET
}
