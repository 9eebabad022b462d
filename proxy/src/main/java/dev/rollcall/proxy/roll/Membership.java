package dev.rollcall.proxy.roll;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who belongs to which service, and what has changed since the last snapshot: the next one builds
 * no more than that anew. The roll's thread only.
 */
final class Membership {

  private final Map<String, Members> services = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private boolean claimsChanged;

  void add(Upstream upstream) {
    String service = upstream.instance().service();
    claimsChanged |= services.computeIfAbsent(service, name -> new Members()).add(upstream);
    changed.add(service);
  }

  /** As it was added: while its instance still says the same. */
  void remove(Upstream upstream) {
    String service = upstream.instance().service();
    Members members = services.get(service);
    if (members == null) {
      return;
    }
    claimsChanged |= members.remove(upstream);
    changed.add(service);
    if (members.isEmpty()) {
      services.remove(service);
    }
  }

  /** Something that counts for traffic is another. */
  void touch(Upstream upstream) {
    changed.add(upstream.instance().service());
  }

  /** The names of services that somebody serves. */
  Set<String> services() {
    return services.keySet();
  }

  /** In order of id. */
  List<Upstream> members(String service) {
    Members members = services.get(service);
    return members == null ? List.of() : members.list();
  }

  Set<List<String>> claims(String service) {
    Members members = services.get(service);
    return members == null ? Set.of() : members.claims();
  }

  boolean hasChanged(String service) {
    return changed.contains(service);
  }

  boolean claimsChanged() {
    return claimsChanged;
  }

  /** A snapshot shows all of it now. */
  void shown() {
    changed.clear();
    claimsChanged = false;
  }
}
