package dev.rollcall.upstream;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Lease;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the service stops without costing anybody an answer. It asks the proxies to let go and keeps
 * answering until all of them have; then it waits for what it still has in flight. What ends by
 * itself has until {@code drain.timeout}, what may never end until {@code drain.stream-timeout}.
 *
 * <p>When the registry can't be reached, proxies learn of the stop only from answers: requests are
 * refused with a receipt, readiness fails, and for a while after the last request it stays to say
 * so. If nobody can know of it there is nobody to say it to.
 *
 * <p>Runs on the event loop of the service, once.
 */
final class Departure {

  /** How long refusals go on when nobody could be told: four failed probes at two a second. */
  static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Gate gate;
  private final InFlight requests;
  private final InFlight streams;
  private final DrainOptions options;
  private final Duration farewell;
  private final BooleanSupplier known;

  /**
   * @param farewell how long refusals go on when nobody could be told
   * @param known somebody may call
   */
  Departure(
      Vertx vertx,
      Gate gate,
      InFlight requests,
      InFlight streams,
      DrainOptions options,
      Duration farewell,
      BooleanSupplier known) {
    this.vertx = vertx;
    this.gate = gate;
    this.requests = requests;
    this.streams = streams;
    this.options = options;
    this.farewell = farewell;
    this.known = known;
  }

  /**
   * Stops taking requests, in the order above.
   *
   * @param lease on the roll or on the way there, or null
   * @param heard false when nobody hears now what the lease says
   * @return completes when nothing is in flight: with 0, or with the number of requests that had to
   *     be cut because {@code drain.timeout} was over; never fails
   */
  Future<Integer> from(@Nullable Lease lease, boolean heard) {
    gate.drain();
    Promise<Integer> over = Promise.promise();
    long streamLimit = after(options.streamTimeout(), streams::cutAll);
    long limit = after(options.timeout(), () -> over.tryComplete(requests.count()));
    letGo(lease, heard).compose(free -> nothingInFlight()).onSuccess(empty -> over.tryComplete(0));
    return over.future()
        .onSuccess(
            cut -> {
              vertx.cancelTimer(streamLimit);
              vertx.cancelTimer(limit);
              gate.shut();
              requests.cutAll();
              streams.cutAll();
            });
  }

  /** Completes when no proxy has anything here any more, or none can be told. */
  private Future<Void> letGo(@Nullable Lease lease, boolean heard) {
    if (lease == null) {
      return unheard();
    }
    // Also when nobody hears: should the connection come back, nothing else will be said.
    Future<Boolean> drained = lease.drain(options.timeout(), this::reached);
    return heard ? drained.compose(all -> all ? Future.succeededFuture() : unheard()) : unheard();
  }

  private void reached(DrainStage stage) {
    if (stage == DrainStage.STOPPED_CHOOSING) {
      gate.shut();
    }
  }

  private Future<Void> unheard() {
    gate.shut();
    return nothingInFlight().compose(empty -> known.getAsBoolean() ? farewell() : stillNobody());
  }

  private Future<Void> farewell() {
    return vertx.timer(farewell.toMillis()).mapEmpty();
  }

  private static Future<Void> stillNobody() {
    return Future.succeededFuture();
  }

  private Future<Void> nothingInFlight() {
    return requests.whenEmpty().compose(empty -> streams.whenEmpty());
  }

  private long after(Duration delay, Runnable work) {
    return vertx.setTimer(Math.max(1, delay.toMillis()), due -> work.run());
  }
}
