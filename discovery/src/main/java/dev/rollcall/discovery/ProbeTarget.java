package dev.rollcall.discovery;

/** How a proxy may ask an instance whether it lives. */
public sealed interface ProbeTarget {

  /** An HTTP GET of this path on the instance's endpoint; 2xx means ready. */
  record Http(String path) implements ProbeTarget {
    public Http {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException(
            "probe.http: " + path + " (expected: a path that begins with /)");
      }
    }
  }

  /** A TCP connect to the instance's endpoint. */
  record Tcp() implements ProbeTarget {}

  /** Not at all: heartbeats and live traffic decide. */
  record None() implements ProbeTarget {}
}
