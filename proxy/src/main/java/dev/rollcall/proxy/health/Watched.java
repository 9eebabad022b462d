package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Endpoint;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The vigils that are kept, found by id and by endpoint. Control thread. */
final class Watched {

  private final Map<String, Vigil> byId = new TreeMap<>();
  private final Map<Endpoint, Set<Vigil>> byEndpoint = new HashMap<>();
  private @Nullable List<Vigil> all;

  @Nullable Vigil find(String id) {
    return byId.get(id);
  }

  int size() {
    return byId.size();
  }

  /** In order of id; stays as it is whatever is added or removed meanwhile. */
  List<Vigil> all() {
    List<Vigil> known = all;
    if (known == null) {
      known = List.copyOf(byId.values());
      all = known;
    }
    return known;
  }

  /** Two can't live at one endpoint, but both may have registered there. */
  List<Vigil> at(Endpoint endpoint) {
    return List.copyOf(byEndpoint.getOrDefault(endpoint, Set.of()));
  }

  /** Takes the place of another one of the same id. */
  void add(Vigil vigil) {
    Vigil before = byId.put(vigil.upstream().id(), vigil);
    if (before != null) {
      leave(before);
    }
    byEndpoint
        .computeIfAbsent(vigil.upstream().endpoint(), where -> new LinkedHashSet<>(2))
        .add(vigil);
    all = null;
  }

  void remove(Vigil vigil) {
    byId.remove(vigil.upstream().id());
    leave(vigil);
    all = null;
  }

  private void leave(Vigil vigil) {
    Set<Vigil> there = byEndpoint.get(vigil.upstream().endpoint());
    if (there != null && there.remove(vigil) && there.isEmpty()) {
      byEndpoint.remove(vigil.upstream().endpoint());
    }
  }
}
