package dev.rollcall.proxy.conformance;

import org.jspecify.annotations.Nullable;

/** One expectation. */
@FunctionalInterface
interface Check {

  /** One line of what was seen instead, or null when it holds. */
  @Nullable String miss(Observed seen);
}
