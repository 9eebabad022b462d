package dev.rollcall.discovery.process;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stops a process in order when it is told to (SIGTERM, SIGINT), with exit code 0: "asked to stop,
 * and stopped cleanly". Left alone, the JVM would exit with 143.
 */
public final class OrderlyStop {

  private static final Logger LOG = Logger.getLogger(OrderlyStop.class.getName());

  private final Supplier<Future<?>> steps;
  private final Duration limit;
  private final IntConsumer halt;
  private final AtomicInteger exitCode = new AtomicInteger();
  private volatile boolean underWay;

  /**
   * @param steps what to do; called once, on the thread that stops the JVM
   * @param limit how long the steps may take; after that the process ends with code 1
   * @param halt ends the JVM now
   */
  OrderlyStop(Supplier<Future<?>> steps, Duration limit, IntConsumer halt) {
    this.steps = steps;
    this.limit = limit;
    this.halt = halt;
  }

  /** Watches for the order to stop; call it once, before there is anything to stop. */
  public static OrderlyStop watch(Supplier<Future<?>> steps, Duration limit) {
    OrderlyStop stop = new OrderlyStop(steps, limit, Runtime.getRuntime()::halt);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "stop"));
    return stop;
  }

  /** True since the order came: what fails from now on fails because of it. Any thread. */
  public boolean isUnderWay() {
    return underWay;
  }

  /**
   * Stops with this code after the same steps. Returns at once; any thread may call. Too late when
   * the order has come.
   */
  public void exit(int code) {
    if (underWay) {
      return;
    }
    exitCode.compareAndSet(0, code);
    // Not on the calling thread: System.exit waits for the hook, whose steps may need this loop.
    Thread exit = new Thread(() -> System.exit(code), "exit");
    exit.setDaemon(true);
    exit.start();
  }

  void run() {
    underWay = true;
    int code = await(begin()) ? exitCode.get() : Math.max(1, exitCode.get());
    halt.accept(code);
  }

  private Future<?> begin() {
    try {
      return steps.get();
    } catch (RuntimeException failed) {
      return Future.failedFuture(failed);
    }
  }

  /** The one place that blocks: this thread exists to keep the JVM alive until all is done. */
  private boolean await(Future<?> done) {
    try {
      done.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException failed) {
      LOG.log(Level.SEVERE, "stopping failed", failed.getCause());
    } catch (TimeoutException tooLong) {
      LOG.severe("stopping took longer than " + limit.toSeconds() + " s: giving up");
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
