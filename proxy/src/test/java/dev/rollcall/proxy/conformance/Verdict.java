package dev.rollcall.proxy.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Passed, or why not.
 *
 * @param reasons empty when passed
 * @param transcript both sides' bytes
 */
record Verdict(Case row, List<String> reasons, String transcript, long millis) {

  static Verdict of(Case row, Observed seen, long millis) {
    List<String> reasons = new ArrayList<>(seen.faults());
    if (seen.client().answers().size() > row.answers()) {
      reasons.add("client got " + seen.client().answers().size() + " answers");
    }
    List<List<String>> misses = row.outcomes().stream().map(o -> o.misses(seen)).toList();
    if (misses.stream().noneMatch(List::isEmpty)) {
      misses.forEach(m -> reasons.add(String.join("; ", m)));
    }
    return new Verdict(row, reasons, seen.transcript(), millis);
  }

  boolean passed() {
    return reasons.isEmpty();
  }

  String line() {
    return String.format(
        "%s  %-48s %-34s %4d ms%s",
        passed() ? "pass" : "FAIL",
        row.name(),
        row.reference(),
        millis,
        passed() ? "" : "  " + String.join(" | or: ", reasons));
  }
}
