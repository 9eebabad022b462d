package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceChange.Beaten;
import dev.rollcall.discovery.InstanceChange.Disconnected;
import dev.rollcall.discovery.InstanceChange.Overridden;
import dev.rollcall.discovery.InstanceChange.Registered;
import dev.rollcall.discovery.InstanceChange.Rejected;
import dev.rollcall.discovery.InstanceChange.Vanished;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.logging.OwnFaults;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Turns what the store tells into what is believed of each instance, the {@link BelievedRoll}:
 * signatures are checked, the order of what an instance says is kept, nothing is heard twice.
 * Events and full reads may come in any mix; a read only fills in what events have not told since
 * it began.
 *
 * <p>One thread. No I/O; the clock is the caller's.
 */
final class Ledger {

  private static final int GONE_REMEMBERED = 4096;
  private static final int REJECTED_REMEMBERED = 1024;

  private final Signature signature;
  private final long patience;
  private final LongSupplier nanoTime;
  private final BelievedRoll roll;
  private final Consumer<InstanceChange> out;

  private final Map<String, Past> gone = new Recent<>(GONE_REMEMBERED);
  private final Map<String, String> rejected = new Recent<>(REJECTED_REMEMBERED);
  private final Reading reading = new Reading();
  private final Alike alike = new Alike();
  private final OwnFaults faults = new OwnFaults();

  /**
   * @param patience how long full reads may miss an instance that no event removed
   * @param roll nobody else writes it
   * @param out hears each change, in order, on the calling thread
   */
  Ledger(
      Signature signature,
      Duration patience,
      LongSupplier nanoTime,
      BelievedRoll roll,
      Consumer<InstanceChange> out) {
    this.signature = signature;
    this.patience = patience.toNanos();
    this.nanoTime = nanoTime;
    this.roll = roll;
    this.out = out;
  }

  /** An event: a value was written. */
  void written(RollMap map, String id, String text) {
    reading.told(map, id);
    take(map, id, text, true);
  }

  /** An event: an entry is gone. Nobody signs a removal, so it is never more than a suspicion. */
  void removed(RollMap map, String id) {
    reading.told(map, id);
    drop(map, id);
  }

  /** An entry was read by itself; what events have told meanwhile is younger. */
  void found(String id, String text) {
    take(RollMap.INSTANCES, id, text, false);
  }

  /** A full read begins; what events tell from now on is younger than what it will bring. */
  void readBegins() {
    reading.begins();
  }

  /** The read failed. */
  void readFailed() {
    reading.ends();
  }

  /** The read is done. */
  void readEnds(
      Map<String, String> instances, Map<String, String> beats, Map<String, String> wishes) {
    merge(RollMap.INSTANCES, instances);
    merge(RollMap.OVERRIDES, wishes);
    // A heartbeat that is still there says nothing by being there: only one that rose does.
    beats.forEach((id, text) -> take(RollMap.BEATS, id, text, false));
    reading.ends();
  }

  /**
   * Connections were lost that go by these names: by an instance's id, or by its client. Goes
   * through the whole roll, so tell of many at once.
   */
  void clientsGone(Set<String> names) {
    roll.named(names).forEach(id -> out.accept(new Disconnected(id)));
  }

  private void merge(RollMap map, Map<String, String> read) {
    read.forEach(
        (id, text) -> {
          if (!reading.isOld(map, id)) {
            take(map, id, text, false);
          }
        });
    for (String id : roll.ids(map)) {
      if (!read.containsKey(id) && !reading.isOld(map, id) && isGone(map, id)) {
        drop(map, id);
      }
    }
  }

  /**
   * When members are lost with their entries, instances write theirs again; whom a read misses has
   * that much time. In a large roll they look less often: see {@link Standing}.
   */
  private boolean isGone(RollMap map, String id) {
    Known known = map == RollMap.INSTANCES ? roll.known(id) : null;
    return known == null
        || known.missingFor(nanoTime.getAsLong())
            > Math.max(patience, 4 * known.instance.heartbeat().toNanos());
  }

  private void take(RollMap map, String id, String text, boolean event) {
    try {
      switch (map) {
        case INSTANCES -> instance(id, text, event);
        case BEATS -> beat(id, text, event);
        case OVERRIDES -> override(id, text);
        default -> {}
      }
    } catch (IllegalArgumentException why) {
      reject(map, id, text, String.valueOf(why.getMessage()));
    } catch (RuntimeException fault) {
      // Ours: whoever stands behind it in a full read must not go unheard, read after read.
      faults.tell("a look at the registration " + Fields.shown(id), fault);
    }
  }

  private void instance(String id, String text, boolean event) {
    Known known = roll.known(id);
    if (known != null) {
      known.present();
      if (known.text.equals(text)) {
        return;
      }
    }
    InstanceJson.Read read = InstanceJson.read(signature.open(text));
    Instance said = alike.share(read.instance());
    if (!said.id().equals(id)) {
      throw new IllegalArgumentException(
          "id: " + Fields.shown(said.id()) + " (expected: its key, " + Fields.shown(id) + ")");
    }
    Past past = known != null ? known.past : gone.get(id);
    if (past != null && !past.allows(said)) {
      if (known != null && known.instance.equals(said)) {
        known.text = text;
      } else if (event) {
        throw new IllegalArgumentException(
            "seq " + said.seq() + " (expected: at least " + past.least() + "): late or replayed");
      }
      return;
    }
    Past now = past == null ? Past.of(said) : past.then(said);
    if (said.state() == InstanceState.LEFT) {
      roll.remove(id);
      gone.put(id, now);
      if (known != null) {
        out.accept(new Registered(said));
      }
      return;
    }
    gone.remove(id);
    Known entry = new Known(said, read.client(), text, now, nanoTime.getAsLong());
    if (known != null && known.instance.epoch().equals(said.epoch())) {
      entry.beat = known.beat;
      entry.beatText = known.beatText;
    }
    roll.put(entry);
    out.accept(new Registered(said));
    InstanceOverride wish = known == null ? roll.wish(id) : null;
    if (wish != null) {
      out.accept(new Overridden(id, wish));
    }
  }

  private void beat(String id, String text, boolean event) {
    Known entry = roll.known(id);
    if (entry == null) {
      return;
    }
    if (!event && text.equals(entry.beatText)) {
      return;
    }
    Beat beat = BeatJson.read(signature.open(text));
    if (entry.rises(beat)) {
      entry.beat = new Beat(entry.instance.epoch(), beat.seq(), beat.inFlight(), beat.load());
      entry.beatText = text;
      entry.heard = nanoTime.getAsLong();
      out.accept(new Beaten(id, beat));
    } else if (event && !beat.equals(entry.beat)) {
      // Without its number: a member that was frozen brings several, and each would be news.
      throw new IllegalArgumentException(
          "heartbeat (expected: a newer one than the last): late or replayed");
    }
  }

  private void override(String id, String text) {
    InstanceOverride wish = OverrideJson.read(InstanceJson.parse(text));
    if (roll.wish(id, wish) && roll.known(id) != null) {
      out.accept(new Overridden(id, wish));
    }
  }

  private void drop(RollMap map, String id) {
    if (map == RollMap.OVERRIDES) {
      roll.unwish(id);
    } else if (map == RollMap.INSTANCES) {
      Known entry = roll.remove(id);
      if (entry != null) {
        gone.put(id, entry.past.repeatable());
        out.accept(new Vanished(id));
      }
    }
  }

  /** Once for each text, however often it is read. */
  private void reject(RollMap map, String id, String text, String why) {
    if (!text.equals(rejected.put(map + id, text))) {
      out.accept(new Rejected(id, why));
    }
  }
}
