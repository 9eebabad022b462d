package dev.rollcall.proxy.conformance;

import java.io.IOException;

/** The bytes break the grammar or framing rules of RFC 9110 and 9112. */
final class Malformed extends IOException {

  private static final long serialVersionUID = 1;

  Malformed(String what) {
    super(what);
  }
}
