package dev.rollcall.discovery.store;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;

/** Keeps one proxy listed by beats of its own, and writes its words on draining instances. */
final class KeptSeat implements ProxySeat {

  private static final int WORDS_REMEMBERED = 1024;

  private final Store store;
  private final String id;
  private final String address;
  private final String version;
  private final Loop loop;
  private final Subscription listening;
  private final Map<String, DrainStage> words = new Recent<>(WORDS_REMEMBERED);
  private long timer = -1;
  private long beat;
  private boolean pending;
  private boolean over;

  KeptSeat(Vertx vertx, Store store, Pace pace, String id, String address, String version) {
    this.store = store;
    this.id = id;
    this.address = address;
    this.version = version;
    this.loop = new Loop(vertx);
    this.listening = store.listen(Set.of(), event -> loop.later(() -> hear(event)));
    loop.run(
        () -> {
          timer = loop.every(pace.seat(), this::beat);
          beat();
        });
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Future<Void> acknowledge(Instance draining, DrainStage stage) {
    String key = DrainWord.key(draining.id(), draining.epoch(), id);
    return loop.call(
        () -> {
          // A late first word must not take the second one's place.
          DrainStage said = words.merge(key + draining.seq(), stage, KeptSeat::later);
          return store
              .put(RollMap.DRAINS, key, DrainWord.text(said), RollMap.DRAINS.timeToLive())
              .mapEmpty();
        });
  }

  @Override
  public Future<Void> leave() {
    return loop.call(
        () -> {
          end();
          return store.remove(RollMap.PROXIES, id);
        });
  }

  /** Stops beating without a word. */
  void close() {
    loop.run(this::end);
  }

  private void end() {
    over = true;
    listening.cancel();
    loop.cancel(timer);
  }

  private void hear(StoreEvent event) {
    if (event instanceof StoreEvent.Reached) {
      beat();
    }
  }

  private void beat() {
    Reach reach = store.reach();
    if (pending || over || reach == null) {
      return;
    }
    pending = true;
    String text = Seats.json(address, version, ++beat, reach.me());
    loop.here(store.put(RollMap.PROXIES, id, text, RollMap.PROXIES.timeToLive()))
        .onComplete(done -> pending = false);
  }

  private static DrainStage later(DrainStage one, DrainStage other) {
    return one == DrainStage.EMPTY ? one : other;
  }
}
