package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.roll.Snapshot;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Totals that never fall although upstreams come and go: when one has left the roll and its last
 * request has ended, its counts go into those of its service, and of its name while others on the
 * roll share it. Control thread only.
 */
final class Tallies {

  /** By service, then by name: several may share one, and a restarted one keeps it. */
  record Key(String service, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byService = service.compareTo(other.service);
      return byService != 0 ? byService : name.compareTo(other.name);
    }
  }

  private final Map<Upstream, Key> present = new IdentityHashMap<>();
  private final Map<String, Tally> goneByService = new TreeMap<>();
  private final Map<Key, Tally> goneByName = new TreeMap<>();

  /** Takes note of who is there; call at least every few seconds. */
  void look(Snapshot snapshot) {
    Set<Upstream> here = Collections.newSetFromMap(new IdentityHashMap<>());
    snapshot
        .services()
        .forEach(
            (service, roll) ->
                roll.upstreams()
                    .forEach(
                        upstream -> {
                          here.add(upstream);
                          present.put(upstream, new Key(service, upstream.instance().name()));
                        }));
    Map<Upstream, Key> gone = new IdentityHashMap<>(present);
    gone.keySet().removeIf(u -> here.contains(u) || u.traffic().inFlight() > 0);
    gone.forEach(this::retire);
    goneByName.keySet().retainAll(new HashSet<>(present.values()));
  }

  /** Takes note of one that came and went between two looks. */
  void saw(Upstream upstream) {
    present.putIfAbsent(
        upstream, new Key(upstream.instance().service(), upstream.instance().name()));
  }

  private void retire(Upstream upstream, Key key) {
    Tally last = Tally.of(upstream.traffic());
    goneByService.merge(key.service, last, Tally::plus);
    goneByName.merge(key, last, Tally::plus);
    present.remove(upstream);
  }

  Map<String, Tally> byService() {
    Map<String, Tally> totals = new TreeMap<>(goneByService);
    present.forEach(
        (upstream, key) -> totals.merge(key.service, Tally.of(upstream.traffic()), Tally::plus));
    return totals;
  }

  Map<Key, Tally> byName() {
    Map<Key, Tally> totals = new TreeMap<>(goneByName);
    present.forEach(
        (upstream, key) -> totals.merge(key, Tally.of(upstream.traffic()), Tally::plus));
    return totals;
  }
}
