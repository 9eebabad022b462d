package dev.rollcall.discovery.settings;

/** A value doesn't fit its type; says which part of it, and what was expected there. */
final class Misfit extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Given given;
  private final String expected;

  Misfit(Given given, String expected) {
    super(expected, null, false, false);
    this.given = given;
    this.expected = expected;
  }

  Given given() {
    return given;
  }

  String expected() {
    return expected;
  }
}
