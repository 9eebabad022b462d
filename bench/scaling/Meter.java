import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What this process has used. */
final class Meter {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Meter() {}

  /** Nanoseconds that all threads but the compiler's have run, and the collector. */
  static long cpu() {
    long sum = 0;
    for (long id : THREADS.getAllThreadIds()) {
      sum += Math.max(0, THREADS.getThreadCpuTime(id));
    }
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      sum += 1_000_000 * collector.getCollectionTime();
    }
    return sum;
  }

  /** Nanoseconds that one thread has run. */
  static long cpu(long thread) {
    return THREADS.getThreadCpuTime(thread);
  }

  /** The thread of an event loop. */
  static long thread(Vertx vertx) throws Exception {
    Promise<Long> id = Promise.promise();
    vertx.runOnContext(v -> id.complete(Thread.currentThread().getId()));
    return Fleet.await(id.future());
  }

  /** Bytes that live after a collection. */
  static long liveHeap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(200);
      least =
          Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
