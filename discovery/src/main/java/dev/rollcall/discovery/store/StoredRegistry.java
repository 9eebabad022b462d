package dev.rollcall.discovery.store;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The registry over a {@link Store}. What is common to all stores happens here; see {@link Feed}
 * for watching and {@link KeptLease} for being on the roll.
 */
public final class StoredRegistry implements Registry {

  private final Vertx vertx;
  private final Store store;
  private final Pace pace;
  private final Ground ground;
  private final UnaryOperator<String> ids;
  private final Supplier<String> epochs;
  private final Doubt doubt;
  private final Feed feed;
  private final Loop loop;
  private final Conductor conductor;
  private final AtomicBoolean conducts = new AtomicBoolean();
  private final Subscription listening;
  private long conducting = -1;
  private final List<KeptLease> leases = new CopyOnWriteArrayList<>();
  private final List<KeptSeat> seats = new CopyOnWriteArrayList<>();
  private final List<KeptDepartures> departures = new CopyOnWriteArrayList<>();

  /**
   * @param nanoTime a monotonic clock, {@code System::nanoTime}
   * @param ids makes an instance's id from its name, {@link Ids#instance}
   * @param epochs makes random epochs, {@link Ids#epochs}
   */
  public StoredRegistry(
      Vertx vertx,
      Store store,
      Signature signature,
      Pace pace,
      LongSupplier nanoTime,
      UnaryOperator<String> ids,
      Supplier<String> epochs) {
    this.vertx = vertx;
    this.store = store;
    this.pace = pace;
    this.ids = ids;
    this.epochs = epochs;
    this.loop = new Loop(vertx);
    this.ground = new Ground(store, loop, signature, pace, nanoTime);
    this.doubt = new Doubt(nanoTime, pace.doubt());
    this.feed = new Feed(vertx, store, signature, pace, loop, doubt, nanoTime);
    this.conductor = new Conductor(store, loop, nanoTime, feed::instances);
    if (store.reach() != null) {
      doubt.reached();
    }
    this.listening = store.listen(Set.of(), this::hear);
  }

  @Override
  public Lease register(Registration registration, Supplier<Load> load) {
    return register(ids.apply(registration.name()), registration, load);
  }

  /** The same under an id that was made elsewhere; nobody else may have it. */
  public Lease register(String id, Registration registration, Supplier<Load> load) {
    KeptLease lease =
        new KeptLease(vertx, ground, id, epochs.get(), registration, load, leases::remove);
    leases.add(lease);
    return lease;
  }

  /** How many instances it keeps on the roll. Any thread. */
  int leases() {
    return leases.size();
  }

  @Override
  public Subscription watch(Handler<InstanceChange> handler) {
    return feed.watch(handler);
  }

  @Override
  public ProxySeat seat(String proxyId, String address, String version) {
    KeptSeat seat = new KeptSeat(vertx, store, pace, proxyId, address, version);
    seats.add(seat);
    if (conducts.compareAndSet(false, true)) {
      loop.run(() -> conducting = loop.every(pace.seat(), conductor::look));
    }
    return seat;
  }

  @Override
  public Future<Void> override(String instanceId, InstanceOverride override) {
    String text = OverrideJson.write(override).encode();
    return loop.call(
        () ->
            store
                .put(RollMap.OVERRIDES, instanceId, text, RollMap.OVERRIDES.timeToLive())
                .mapEmpty());
  }

  @Override
  public Registrar registrar(int most) {
    // Whoever watches keeps the roll true: it knows whose lease has ended.
    feed.watch(heard -> {});
    KeptDepartures going = new KeptDepartures(ground);
    departures.add(going);
    return new KeptRegistrar(ground, feed.roll(), epochs, going, most);
  }

  @Override
  public boolean inDoubt(String instanceId) {
    return store.reach() == null || doubt.about(instanceId);
  }

  @Override
  public Future<Void> close() {
    listening.cancel();
    leases.forEach(KeptLease::close);
    seats.forEach(KeptSeat::close);
    departures.forEach(KeptDepartures::close);
    return loop.call(
        () -> {
          feed.close();
          loop.cancel(conducting);
          return store.close();
        });
  }

  private void hear(StoreEvent event) {
    if (event instanceof StoreEvent.Reached) {
      doubt.reached();
    } else if (event instanceof StoreEvent.Unreached) {
      doubt.unreached();
    } else if (event instanceof StoreEvent.Shaken) {
      doubt.shaken();
    }
  }
}
