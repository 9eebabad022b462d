package dev.rollcall.proxy.conformance;

/** One field line, name and value as they stood on the wire. */
record Field(String name, String value) {

  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
