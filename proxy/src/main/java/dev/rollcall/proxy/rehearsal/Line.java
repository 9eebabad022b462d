package dev.rollcall.proxy.rehearsal;

import java.nio.charset.StandardCharsets;

/**
 * One request of a rehearsal.
 *
 * @param request its bytes
 * @param ending the last bytes of its answer; empty: the client goes away without one
 */
record Line(byte[] request, String ending) {

  static Line of(String request, String ending) {
    return new Line(request.getBytes(StandardCharsets.US_ASCII), ending);
  }

  /** The client waits for no answer. */
  boolean leaves() {
    return ending.isEmpty();
  }
}
