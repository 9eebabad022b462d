package dev.rollcall.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The CPU use of a process since it was asked last: 0 for idle, 1 for all processors busy, -1 when
 * the system doesn't tell. A container's CPU limit counts as its processors.
 *
 * <p>Read from the process's own times rather than from a management bean, which costs tens of
 * milliseconds at start. That still opens four files, so who asks again too soon is told the same.
 * Not thread-safe.
 */
final class CpuLoad {

  private static final Duration PAUSE = Duration.ofMillis(2500);

  private final Supplier<Optional<Duration>> used;
  private final LongSupplier nanoTime;
  private final int processors;
  private final long pause;
  private long askedAt;
  private long usedThen;
  private double told = -1;

  /**
   * @param used CPU time of all threads so far
   * @param nanoTime a monotonic clock, as {@link System#nanoTime}
   * @param pause how old an answer may be that is given again
   */
  CpuLoad(
      Supplier<Optional<Duration>> used, LongSupplier nanoTime, int processors, Duration pause) {
    this.used = used;
    this.nanoTime = nanoTime;
    this.processors = processors;
    this.pause = pause.toNanos();
    this.askedAt = nanoTime.getAsLong();
    this.usedThen = used.get().map(Duration::toNanos).orElse(0L);
  }

  /** Of this process. */
  static CpuLoad ofThisProcess() {
    return new CpuLoad(
        () -> ProcessHandle.current().info().totalCpuDuration(),
        System::nanoTime,
        Runtime.getRuntime().availableProcessors(),
        PAUSE);
  }

  double sinceLastAsked() {
    long now = nanoTime.getAsLong();
    if (told >= 0 && now - askedAt < pause) {
      return told;
    }
    Optional<Duration> usedNow = used.get();
    if (usedNow.isEmpty() || now <= askedAt) {
      return -1;
    }
    double share = (double) (usedNow.get().toNanos() - usedThen) / (now - askedAt) / processors;
    usedThen = usedNow.get().toNanos();
    askedAt = now;
    told = Math.max(0, Math.min(1, share));
    return told;
  }
}
