package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests all candidates have in flight together. With few candidates they are counted at
 * each question; with many, anew after as many questions as there are candidates, so that a
 * question costs one look on average, and picks since the last count have added no more than one
 * request for each candidate. Any thread.
 */
final class Crowd {

  private static final int FEW = 32;

  private final Candidates candidates;
  private final AtomicInteger questions = new AtomicInteger();
  private volatile long counted;

  Crowd(Candidates candidates) {
    this.candidates = candidates;
  }

  long inFlight() {
    int size = candidates.size();
    if (size <= FEW || Math.floorMod(questions.getAndIncrement(), size) == 0) {
      counted = count();
    }
    return counted;
  }

  private long count() {
    long sum = 0;
    for (Upstream upstream : candidates.list()) {
      sum += upstream.traffic().inFlight();
    }
    return sum;
  }
}
