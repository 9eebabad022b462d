package dev.rollcall.discovery;

/** How a proxy may ask an instance whether it lives. */
public sealed interface ProbeTarget {

  /**
   * An HTTP GET of this path on the instance's endpoint; 2xx means ready.
   *
   * @param path of the readiness check
   * @param identity true: the instance promises to name itself in the answer ({@link
   *     IdentityProof}), so an answer that doesn't comes from another process that took over its
   *     address; false: whoever answers is taken for it, as for servers that know nothing of
   *     Rollcall
   */
  record Http(String path, boolean identity) implements ProbeTarget {
    public Http {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException(
            "probe.http: " + path + " (expected: a path that begins with /)");
      }
    }

    /** A path that promises no identity. */
    public Http(String path) {
      this(path, false);
    }
  }

  /** A TCP connect to the instance's endpoint. */
  record Tcp() implements ProbeTarget {}

  /** Not at all: heartbeats and live traffic decide. */
  record None() implements ProbeTarget {}
}
