package dev.rollcall.proxy.health;

import dev.rollcall.proxy.roll.Upstream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Upstreams with which traffic has begun something that time bears on: requests that wait, answers
 * that are bad. The traffic loops put them here, each once until the control thread has lost sight
 * of it again; so that thread needn't go through all of them to see with whom something goes on.
 */
final class Stirred {

  private final Queue<Upstream> upstreams = new ConcurrentLinkedQueue<>();

  /** Any thread. */
  void add(Upstream upstream) {
    if (upstream.pulse().stir()) {
      upstreams.add(upstream);
    }
  }

  /** Control thread. */
  void take(Consumer<Upstream> each) {
    for (Upstream next = upstreams.poll(); next != null; next = upstreams.poll()) {
      each.accept(next);
    }
  }
}
