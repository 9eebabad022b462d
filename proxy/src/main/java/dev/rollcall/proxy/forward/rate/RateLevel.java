package dev.rollcall.proxy.forward.rate;

import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The buckets of one section's {@link RateRules}. Any thread. */
final class RateLevel {

  /** One rate and who has used how much of it. */
  record Limit(RateOptions options, TokenBuckets buckets) {

    private static Limit of(RateOptions options, LongSupplier clock) {
      return new Limit(options, new TokenBuckets(options, clock, TokenBuckets.MOST));
    }
  }

  private record PathLimit(String prefix, Limit limit) {}

  private final @Nullable Limit rest;
  private final List<PathLimit> paths;

  RateLevel(RateRules rules, LongSupplier clock) {
    this.rest = rules.rate() == null ? null : Limit.of(rules.rate(), clock);
    this.paths =
        rules.byPath().entrySet().stream()
            .map(path -> new PathLimit(path.getKey(), Limit.of(path.getValue(), clock)))
            .sorted(Comparator.comparingInt(path -> -path.prefix().length()))
            .toList();
  }

  /**
   * What a request has to keep; null: nothing.
   *
   * @param isBelow whether the request's path is below a prefix
   */
  @Nullable Limit of(Predicate<String> isBelow) {
    for (PathLimit path : paths) {
      if (isBelow.test(path.prefix)) {
        return path.limit;
      }
    }
    return rest;
  }
}
