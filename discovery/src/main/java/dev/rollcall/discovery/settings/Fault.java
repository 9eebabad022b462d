package dev.rollcall.discovery.settings;

/**
 * One thing that is wrong with the settings, as one line for a person.
 *
 * @param what key, value and what was expected
 * @param where the line of the file, or the variable
 */
public record Fault(String what, Origin where) {

  static Fault misfit(String key, String shown, String expected, Origin where) {
    return new Fault(key + ": " + shown + " (expected: " + expected + ")", where);
  }

  @Override
  public String toString() {
    return where instanceof Origin.Default ? what : what + ", at " + where;
  }
}
