package dev.rollcall.proxy.conformance;

import java.util.List;
import java.util.Objects;

/** One allowed way for a case to end: all checks hold. */
record Outcome(List<Check> checks) {

  /** What does not hold. */
  List<String> misses(Observed seen) {
    return checks.stream().map(check -> check.miss(seen)).filter(Objects::nonNull).toList();
  }
}
