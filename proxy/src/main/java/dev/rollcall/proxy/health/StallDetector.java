package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Pulse;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tells a frozen instance from a slow endpoint by its silence, not by its slowness. Pure; one for
 * each upstream; control thread.
 *
 * <p><b>Silence</b> is the time in which requests waited and nothing at all was answered: since the
 * oldest waiting request was sent or since the last answer, whichever is later. An instance with
 * one slow endpoint goes on answering its other requests, so its silence stays short however long
 * one request takes. A frozen instance falls silent altogether.
 *
 * <p><b>Unusual</b> is what the instance has not done lately. Each answer ends a silence; the
 * longest of the last 10 to 20 s is {@code peak}, and a silence is unusual from
 *
 * <pre>  limit = max(floor, 2 × peak)          floor: 250 ms </pre>
 *
 * <p>The arithmetic: were silences exponential with mean m, the longest of n would be about m ln n,
 * and one of twice that length comes with probability exp(−2 ln n) = n⁻². At 25 answers a second, n
 * is about 375 in 15 s: one false alarm in 140 000 answers, an hour and a half, and it costs one
 * probe. A longer memory would be rarer wrong, and slower right for as long after each hiccup.
 * (Measuring a silence against the history of silences is the idea of Hayashibara et al., The φ
 * accrual failure detector, 2004.)
 *
 * <p>A service that is slow in all it does has long silences when few requests are on their way: a
 * service of 2 s answers, called now and then, has peak 2 s and limit 4 s. When it is new to us and
 * has no history, the first alarm is false: the probe is answered, and that silence counts as seen,
 * which doubles the limit. So 250 ms, 500 ms, 1 s, 2 s: four probes at most to learn the pace of 2
 * s.
 *
 * <p>In the case that matters, 100 requests/s over four instances of a few ms: the peak is a few
 * ms, a frozen instance is silent for 250 ms some 290 ms after it froze (the next request to it
 * comes within 40 ms). The probe goes out when it has been silent for 150 ms already, so that its
 * verdict (500 ms) comes some 700 ms after the freeze.
 */
final class StallDetector {

  /** Half of the time over which peaks are remembered. */
  private static final Duration SPAN = Duration.ofSeconds(10);

  /** Just started or returned: caches and JIT compilers are cold. */
  private static final Duration COLD = Duration.ofSeconds(5);

  /** A loop that hasn't told for so long is itself what hangs, and witnesses nothing. */
  static final Duration HEARSAY = Duration.ofMillis(250);

  private final Supplier<Duration> floor;
  private long excusedAt;
  private long warmAt;
  private long turnedAt;
  private long peak;
  private long peakBefore;
  private long slowest;
  private long slowestBefore;
  private long answersAtAlarm = Pulse.NEVER;
  private int alarms;

  /**
   * @param floor at present
   */
  StallDetector(Supplier<Duration> floor, long now) {
    this.floor = floor;
    this.excusedAt = now;
    this.turnedAt = now;
    this.warmAt = now + COLD.toNanos();
  }

  /** Learns from the answers since the last call. Every few tens of ms. */
  void learn(Pulse pulse, long now) {
    if (now - turnedAt > SPAN.toNanos()) {
      turnedAt = now;
      peakBefore = peak;
      slowestBefore = slowest;
      peak = 0;
      slowest = 0;
    }
    peak = Math.max(peak, pulse.takeLongestSilence());
    slowest = Math.max(slowest, pulse.takeSlowestAnswer());
  }

  /** When the silence that lasts now began, or {@link Pulse#NEVER}. */
  long since(Pulse pulse, long now) {
    long waiting = pulse.waitingSince(now - HEARSAY.toNanos());
    if (waiting == Pulse.NEVER) {
      return Pulse.NEVER;
    }
    long answered = pulse.answeredAt();
    long since = answered != Pulse.NEVER && answered - waiting > 0 ? answered : waiting;
    return excusedAt - since > 0 ? excusedAt : since;
  }

  /** Nanoseconds of the silence that lasts now; 0 when nothing waits. */
  long silence(Pulse pulse, long now) {
    long since = since(pulse, now);
    return since == Pulse.NEVER ? 0 : Math.max(0, now - since);
  }

  /** Nanoseconds from which a silence is unusual. */
  long limit(long now) {
    return Math.max(least(now), 2 * Math.max(peak, peakBefore));
  }

  /**
   * Nanoseconds of the longest usual silence: a longer one isn't alarming by itself, but when the
   * probe isn't answered either, the two agree.
   */
  long longest(long now) {
    return Math.max(least(now), Math.max(peak, peakBefore));
  }

  private long least(long now) {
    long usual = floor.get().toNanos();
    return now - warmAt < 0 ? 2 * usual : usual;
  }

  /**
   * Nanoseconds from which it is worth asking: an answer takes time too, and a question is cheap.
   */
  long askFrom() {
    return floor.get().toNanos() * 3 / 5;
  }

  /** Nanoseconds of the slowest answer of late. */
  long slowest() {
    return Math.max(slowest, slowestBefore);
  }

  /** The probe was answered in spite of the silence: such a silence is usual from now on. */
  void acquit(Pulse pulse, long now) {
    peak = Math.max(peak, silence(pulse, now));
  }

  /** Counts an alarm. */
  void alarm(Pulse pulse) {
    long answers = pulse.answeredAt();
    alarms = answers == answersAtAlarm ? alarms + 1 : 1;
    answersAtAlarm = answers;
  }

  /** Alarms in a row without an answer to any request in between. */
  int alarms() {
    return alarms;
  }

  /** Nobody could have been heard before now: this process itself stood still. */
  void excuse(long now) {
    excusedAt = now;
  }

  /** It comes back: its old silences belong to its fault. */
  void restart(Pulse pulse, long now) {
    pulse.takeLongestSilence();
    pulse.takeSlowestAnswer();
    peak = 0;
    peakBefore = 0;
    alarms = 0;
    excusedAt = now;
    warmAt = now + COLD.toNanos();
  }
}
