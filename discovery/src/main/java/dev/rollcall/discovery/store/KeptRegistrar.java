package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registration;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries for instances that can't write them, and a heartbeat each time that one comes. All
 * that it must know stands in the store, so others like it may take turns with it; what comes for
 * one id is done one after the other. Lives on the loop.
 */
final class KeptRegistrar implements Registrar {

  /**
   * Processes that serve one id at the same moment overtake each other. Each time one of them is
   * through, so only a crowd could do it more often.
   */
  private static final int TRIES = 20;

  private static final int WRITTEN_REMEMBERED = 10_000;

  private final Ground ground;
  private final BelievedRoll roll;
  private final Supplier<String> epochs;
  private final KeptDepartures departures;
  private final int most;
  private final Map<String, Future<?>> turns = new HashMap<>();
  private final Map<String, Long> writtenAt = new Recent<>(WRITTEN_REMEMBERED);

  /** One renewal as it came. */
  private record Renewal(String id, String key, Registration registration, Load load) {}

  /**
   * @param roll kept up to date by somebody who watches
   * @param most so many are registered this way at a time
   */
  KeptRegistrar(
      Ground ground,
      BelievedRoll roll,
      Supplier<String> epochs,
      KeptDepartures departures,
      int most) {
    this.ground = ground;
    this.roll = roll;
    this.epochs = epochs;
    this.departures = departures;
    this.most = most;
  }

  @Override
  public Future<Outcome> renew(String id, String key, Registration registration, Load load) {
    Renewal renewal = new Renewal(id, key, registration, load);
    return ground.loop().call(() -> inTurn(id, () -> renew(renewal)));
  }

  @Override
  public Future<Outcome> leave(String id, String key, Duration limit) {
    // Its turn ends when it drains: who comes next hears that it is leaving.
    return ground
        .loop()
        .call(
            () ->
                this.<Future<Outcome>>inTurn(
                        id, () -> read(id).map(found -> departures.begin(id, key, found, limit)))
                    .compose(left -> left));
  }

  private <T> Future<T> inTurn(String id, Supplier<Future<T>> work) {
    Future<?> last = turns.getOrDefault(id, Future.succeededFuture());
    Future<T> mine = last.transform((done, failed) -> work.get());
    turns.put(id, mine);
    mine.onComplete(done -> turns.remove(id, mine));
    return mine;
  }

  private Future<Found> read(String id) {
    return ground.store().reach() == null
        ? Future.failedFuture("the registry can't be reached")
        : Found.read(ground.store(), ground.loop(), ground.signature(), roll, id);
  }

  private Future<Outcome> renew(Renewal renewal) {
    Reach reach = ground.store().reach();
    if (reach == null) {
      return Future.failedFuture("the registry can't be reached");
    }
    if (departures.underWay(renewal.id())) {
      return Future.succeededFuture(new Outcome.Leaving());
    }
    String host = Objects.requireNonNull(renewal.registration().host(), "host");
    if (!reach.elsewhere().isEmpty() && Loopback.is(host)) {
      return Future.succeededFuture(
          new Outcome.Refused(
              "host: "
                  + host
                  + " (expected: an address that the proxy at "
                  + reach.elsewhere().get(0)
                  + " can reach)"));
    }
    return read(renewal.id()).compose(found -> renew(renewal, found, TRIES));
  }

  private Future<Outcome> renew(Renewal renewal, Found found, int tries) {
    Instance stands = found.standing();
    if (stands != null && !found.opens(renewal.key())) {
      if (!hasEnded(stands)) {
        return Future.succeededFuture(new Outcome.Taken(stands.lease()));
      }
      stands = null;
    }
    if (stands == null && roll.count(id -> id.indexOf('~') >= 0) >= most) {
      return Future.succeededFuture(new Outcome.Full(most));
    }
    InstanceOverride wish = found.wish();
    InstanceOverride obeyed = wish != null || stands == null ? wish : stands.override();
    Beat last = found.beat();
    return stands == null || last == null
        ? begin(renewal, obeyed)
        : goOn(renewal, found, stands, last, obeyed, tries);
  }

  /**
   * A start that nobody has heard of: what stands there, if anything, is over, and so is what
   * somebody else has begun since we looked.
   */
  private Future<Outcome> begin(Renewal renewal, @Nullable InstanceOverride wish) {
    Instance said = said(renewal, epochs.get(), 0, wish);
    return write(said.id(), text(said, KeyDigest.field(renewal.key())))
        .compose(before -> beat(said, 1, renewal.load()))
        .map(new Outcome.Registered(said));
  }

  private Future<Outcome> goOn(
      Renewal renewal,
      Found found,
      Instance stands,
      Beat last,
      @Nullable InstanceOverride wish,
      int tries) {
    Instance same = said(renewal, stands.epoch(), stands.seq(), wish);
    boolean changed = found.outdone() || !same.equals(stands);
    if (!changed && !isOld(renewal.id())) {
      return beat(same, last.seq() + 1, renewal.load()).map(new Outcome.Renewed(same));
    }
    Instance said = changed ? said(renewal, stands.epoch(), stands.seq() + 1, wish) : same;
    String text = text(said, found.others());
    return write(said.id(), text)
        .compose(
            before -> {
              Found overtaken = found.overtaken(said, text, before, ground.signature());
              if (overtaken == null) {
                return beat(said, last.seq() + 1, renewal.load()).map(new Outcome.Renewed(said));
              }
              return tries > 1
                  ? renew(renewal, overtaken, tries - 1)
                  : Future.failedFuture("too many renew " + said.id() + " at the same moment");
            });
  }

  private static Instance said(
      Renewal renewal, String epoch, long seq, @Nullable InstanceOverride wish) {
    Registration own = renewal.registration();
    return new Instance(
        renewal.id(),
        epoch,
        seq,
        own.service(),
        own.name(),
        new Endpoint(Objects.requireNonNull(own.host(), "host"), own.port()),
        own.protocol(),
        own.weight(),
        own.tier(),
        own.zone(),
        own.routes(),
        own.metadata(),
        InstanceState.UP,
        own.heartbeat(),
        own.probe(),
        wish);
  }

  private String text(Instance said, JsonObject others) {
    return ground.signature().seal(InstanceJson.write(said, null, others).encode());
  }

  private Future<@Nullable String> write(String id, String text) {
    return ground
        .loop()
        .here(ground.store().put(RollMap.INSTANCES, id, text, RollMap.INSTANCES.timeToLive()))
        .onSuccess(done -> writtenAt.put(id, ground.now()));
  }

  private Future<Void> beat(Instance said, long seq, Load load) {
    Beat beat = new Beat(said.epoch(), seq, load.inFlight(), load.load());
    String text = ground.signature().seal(BeatJson.write(beat));
    return ground
        .loop()
        .here(ground.store().put(RollMap.BEATS, said.id(), text, RollMap.BEATS.timeToLive()))
        .mapEmpty();
  }

  /** Its entry must be written again before its time is over, if only by us. */
  private boolean isOld(String id) {
    Long at = writtenAt.get(id);
    long old = RollMap.INSTANCES.timeToLive().toNanos() / 10;
    return at == null || ground.now() - at > old;
  }

  private boolean hasEnded(Instance stands) {
    Known known = roll.known(stands.id());
    return known != null && ground.now() - known.heard > stands.lease().toNanos();
  }
}
