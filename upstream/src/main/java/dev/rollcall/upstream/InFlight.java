package dev.rollcall.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges of one kind that have begun and not ended: requests, or streams that may live for ever.
 * Each is opened once and landed once, whatever ends it.
 *
 * <p>Not thread-safe: everything happens on the event loop of the service.
 */
final class InFlight {

  private final Set<Flight> flights = new LinkedHashSet<>();
  private @Nullable Promise<Void> empty;

  /**
   * Counts one more.
   *
   * @param cut ends it at once, short of its proper end
   */
  Flight open(Runnable cut) {
    Flight flight = new Flight(cut);
    flights.add(flight);
    return flight;
  }

  /** Counts the exchange of this context until its response has ended, or its connection has. */
  void count(RoutingContext ctx) {
    Flight flight = open(() -> ctx.response().reset());
    ctx.addEndHandler(ended -> flight.land());
    ctx.next();
  }

  /** How many are open now. */
  int count() {
    return flights.size();
  }

  /** Completes as soon as none is open; at once when none is. */
  Future<Void> whenEmpty() {
    if (flights.isEmpty()) {
      return Future.succeededFuture();
    }
    if (empty == null) {
      empty = Promise.promise();
    }
    return empty.future();
  }

  /** Cuts all that are open; returns how many. They land as their connections report the end. */
  int cutAll() {
    List<Flight> cutShort = new ArrayList<>(flights);
    cutShort.forEach(flight -> flight.cut.run());
    return cutShort.size();
  }

  /** One exchange. */
  final class Flight {

    private final Runnable cut;

    private Flight(Runnable cut) {
      this.cut = cut;
    }

    /** It has ended. Further calls do nothing. */
    void land() {
      if (flights.remove(this) && flights.isEmpty() && empty != null) {
        Promise<Void> waiting = empty;
        empty = null;
        waiting.complete();
      }
    }
  }
}
