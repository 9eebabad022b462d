package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.message.Refusal;
import java.util.concurrent.atomic.LongAdder;

/** What the engine counts, for the metrics page. Any thread. */
public final class Counters {

  private final LongAdder[] refusals = new LongAdder[Refusal.values().length];
  private final LongAdder[] answersByClass = new LongAdder[6];
  private final LongAdder retries = new LongAdder();
  private final LongAdder waits = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder broken = new LongAdder();

  public Counters() {
    for (int i = 0; i < refusals.length; i++) {
      refusals[i] = new LongAdder();
    }
    for (int i = 0; i < answersByClass.length; i++) {
      answersByClass[i] = new LongAdder();
    }
  }

  void refused(Refusal refusal) {
    refusals[refusal.ordinal()].increment();
  }

  void answered(int status) {
    answersByClass[status / 100].increment();
  }

  void retried() {
    retries.increment();
  }

  void waited() {
    waits.increment();
  }

  void cancelled() {
    cancelled.increment();
  }

  void cutOff() {
    broken.increment();
  }

  /** Requests that we answered ourselves, by reason. */
  public long refusals(Refusal refusal) {
    return refusals[refusal.ordinal()].sum();
  }

  /** Answers to clients, whoever made them, by the first digit of their status. */
  public long answers(int firstDigit) {
    return answersByClass[firstDigit].sum();
  }

  /** All answers to clients. */
  public long answers() {
    long all = 0;
    for (LongAdder some : answersByClass) {
      all += some.sum();
    }
    return all;
  }

  /** Requests that were sent to another upstream, or again. */
  public long retries() {
    return retries.sum();
  }

  /** Requests that had to wait for an instance that was there and had room. */
  public long waits() {
    return waits.sum();
  }

  /** Requests whose client went away before its answer was whole. */
  public long cancellations() {
    return cancelled.sum();
  }

  /** Answers that we had to cut off midway. */
  public long broken() {
    return broken.sum();
  }
}
