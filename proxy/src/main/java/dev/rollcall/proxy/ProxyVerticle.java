package dev.rollcall.proxy;

import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.Forwarder;
import dev.rollcall.proxy.forward.client.Listener;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Carries traffic on one event loop: deploy as many as there are loops, with the same supplier's
 * context. All of them listen on the same ports.
 */
public final class ProxyVerticle extends VerticleBase {

  private final ForwardContext traffic;
  private final List<Listener> listeners;
  private final AtomicInteger numbers;
  private final Duration stopLimit;
  private final List<Integer> ports = new CopyOnWriteArrayList<>();
  private @Nullable Forwarder forwarder;

  /**
   * @param traffic shared by all instances
   * @param listeners where to listen
   * @param numbers gives each instance its loop's number; shared by all instances
   * @param stopLimit how long a stop may wait for requests under way
   */
  public ProxyVerticle(
      ForwardContext traffic, List<Listener> listeners, AtomicInteger numbers, Duration stopLimit) {
    this.traffic = traffic;
    this.listeners = listeners;
    this.numbers = numbers;
    this.stopLimit = stopLimit;
  }

  @Override
  public Future<?> start() {
    Forwarder forwarding = new Forwarder(numbers.getAndIncrement(), vertx, traffic);
    forwarder = forwarding;
    forwarding.start();
    return Future.all(listeners.stream().map(forwarding::listen).toList())
        .onSuccess(bound -> ports.addAll(bound.list()));
  }

  /** The bound ports, in the order of the listeners, once started. */
  public List<Integer> ports() {
    return ports;
  }

  @Override
  public Future<?> stop() {
    return forwarder == null ? Future.succeededFuture() : forwarder.stop(stopLimit);
  }
}
