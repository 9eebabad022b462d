package dev.rollcall.proxy.conformance;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Named moments of one case, by which client and upstream scripts wait for each other. */
final class Signals {

  private final Map<String, CountDownLatch> moments = new ConcurrentHashMap<>();
  private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
  private volatile boolean aborted;

  /** What {@link #abort} shall close. */
  void entrust(Closeable connection) {
    open.add(connection);
  }

  /** Frees every script of the case, wherever it hangs: a blocked write has no deadline. */
  void abort() {
    aborted = true;
    for (Closeable connection : open) {
      try {
        connection.close();
      } catch (IOException e) {
        // It is gone, which is what was wanted.
      }
    }
  }

  boolean aborted() {
    return aborted;
  }

  void raise(String name) {
    moment(name).countDown();
  }

  /** Returns when the moment has come; fails the case when it does not. */
  void await(String name) throws InterruptedException {
    if (!moment(name).await(Patience.millis(), TimeUnit.MILLISECONDS)) {
      throw new CaseFailure("never came to: " + name);
    }
  }

  /** The rhythm of a slow sender, which is what the case is about; never a wait for a result. */
  void pause(int millis) throws InterruptedException {
    moment("never").await(millis, TimeUnit.MILLISECONDS);
  }

  private CountDownLatch moment(String name) {
    return moments.computeIfAbsent(name, n -> new CountDownLatch(1));
  }
}
