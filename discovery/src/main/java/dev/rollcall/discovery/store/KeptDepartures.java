package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Registrar.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes off the roll those that were registered by {@link KeptRegistrar}: writes {@code draining},
 * beats for them until every proxy has let go or the limit is over, then writes {@code left}. Lives
 * on the loop.
 */
final class KeptDepartures {

  private static final Duration BEAT_AT_MOST = Duration.ofSeconds(1);

  private final Ground ground;
  private final HeardSeats proxies;
  private final Map<String, Future<Outcome>> underWay = new HashMap<>();

  KeptDepartures(Ground ground) {
    this.ground = ground;
    this.proxies = new HeardSeats(ground);
    proxies.listen();
  }

  /** Any thread. */
  void close() {
    ground.loop().run(proxies::ignore);
  }

  boolean underWay(String id) {
    return underWay.containsKey(id);
  }

  /** Who asks again while it is under way waits for the same end. */
  Future<Outcome> begin(String id, String key, Found found, Duration limit) {
    Instance stands = found.standing();
    if (stands == null) {
      return Future.succeededFuture(new Outcome.Unknown());
    }
    if (!found.opens(key)) {
      return Future.succeededFuture(new Outcome.Taken(stands.lease()));
    }
    Future<Outcome> already = underWay.get(id);
    if (already != null) {
      return already;
    }
    Future<Outcome> mine = depart(stands, found.others(), found.beat(), limit);
    if (!mine.isComplete()) {
      underWay.put(id, mine);
      mine.onComplete(done -> underWay.remove(id, mine));
    }
    return mine;
  }

  private Future<Outcome> depart(
      Instance stands, JsonObject others, @Nullable Beat last, Duration limit) {
    Instance draining = in(stands, InstanceState.DRAINING, stands.seq() + 1);
    Beating beating = new Beating(draining, last == null ? 0 : last.seq());
    return proxies
        .read()
        .compose(read -> proxies.forgetWords(draining.id(), draining.epoch()))
        .compose(forgotten -> say(draining, others, RollMap.INSTANCES.timeToLive()))
        .compose(said -> wait(draining, limit))
        .eventually(beating::stop)
        .compose(letGo -> end(draining, others).map(new Outcome.Left(letGo)));
  }

  private Future<Boolean> wait(Instance draining, Duration limit) {
    return new DrainWait(
            ground.store(),
            ground.loop(),
            ground.nanoTime(),
            proxies.seats(),
            () -> true,
            proxy -> DrainWord.key(draining.id(), draining.epoch(), proxy),
            stage -> {},
            limit,
            ground.pace().unreachable())
        .start();
  }

  private Future<Void> end(Instance draining, JsonObject others) {
    Instance left = in(draining, InstanceState.LEFT, draining.seq() + 1);
    return say(left, others, Standing.LEFT_STAYS).compose(this::silence);
  }

  /** Completes when this is the last word, with whatever seq that took. */
  private Future<Instance> say(Instance said, JsonObject others, Duration stays) {
    return write(said, others, stays)
        .compose(
            before -> {
              Instance replaced = Found.instance(before, ground.signature());
              return replaced != null && overtakes(replaced, said)
                  ? say(in(said, said.state(), replaced.seq() + 1), others, stays)
                  : Future.succeededFuture(said);
            });
  }

  /** Somebody else has renewed it meanwhile: watchers believe the highest seq. */
  private static boolean overtakes(Instance replaced, Instance said) {
    return replaced.epoch().equals(said.epoch()) && replaced.seq() >= said.seq();
  }

  private Future<Void> silence(Instance left) {
    return ground.loop().here(ground.store().remove(RollMap.BEATS, left.id()));
  }

  private Future<@Nullable String> write(Instance said, JsonObject others, Duration stays) {
    String text = ground.signature().seal(InstanceJson.write(said, null, others).encode());
    return ground.loop().here(ground.store().put(RollMap.INSTANCES, said.id(), text, stays));
  }

  private static Instance in(Instance stands, InstanceState state, long seq) {
    return stands.later(seq, state, stands.override());
  }

  /** Beats for one that drains, since it can't. */
  private final class Beating {

    private final Instance draining;
    private final long timer;
    private long seq;
    private Future<?> last = Future.succeededFuture();

    Beating(Instance draining, long seq) {
      this.draining = draining;
      this.seq = seq;
      Duration own = draining.heartbeat();
      this.timer =
          ground.loop().every(own.compareTo(BEAT_AT_MOST) < 0 ? own : BEAT_AT_MOST, this::beat);
    }

    /** A lost one is made up for by the next. */
    private void beat() {
      String text =
          ground.signature().seal(BeatJson.write(new Beat(draining.epoch(), ++seq, 0, -1)));
      last = ground.store().put(RollMap.BEATS, draining.id(), text, RollMap.BEATS.timeToLive());
    }

    /** None comes any more when this is through, so that it can be removed for good. */
    Future<Void> stop() {
      ground.loop().cancel(timer);
      return ground.loop().here(last.<Void>mapEmpty().otherwiseEmpty());
    }
  }
}
