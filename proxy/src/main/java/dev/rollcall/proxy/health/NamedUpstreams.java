package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Brings the upstreams that the settings name onto the roll, one for each address that their names
 * lead to, and looks the names up again and again: who scales a service by a name in the DNS need
 * not tell us.
 *
 * <p>A name that leads nowhere keeps the addresses that it had: a fault of the DNS is no fault of
 * the upstreams. A name with addresses of both families stands for those of the first family that
 * the resolver names, since they are mostly two ways to one process ({@code localhost}); the other
 * family's come on the roll while all of the first's are down. A name under TLS is one upstream,
 * since its certificate speaks of the name and not of its addresses.
 *
 * <p>Control thread.
 */
final class NamedUpstreams {

  /** How often names are looked up again. */
  static final Duration AGAIN = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger(NamedUpstreams.class.getName());

  /**
   * Another list, and what its new names lead to.
   *
   * @param found absent: nothing was found yet
   */
  record Ready(List<NamedUpstream> named, Map<NamedUpstream, List<InetAddress>> found) {}

  private final Function<String, Future<List<InetAddress>>> resolver;
  private final Health health;
  private final Roll roll;
  private final Map<NamedUpstream, Map<String, Endpoint>> present = new HashMap<>();
  private final Set<String> lost = new HashSet<>();
  private final Set<NamedUpstream> lookedUp = new HashSet<>();
  private List<NamedUpstream> named;
  private Function<String, HealthOptions> options;

  /**
   * @param resolver all addresses of a name, in the order of preference; fails when there are none
   */
  NamedUpstreams(
      List<NamedUpstream> named,
      Function<String, HealthOptions> options,
      Function<String, Future<List<InetAddress>>> resolver,
      Health health,
      Roll roll) {
    this.named = named.stream().distinct().toList();
    this.options = options;
    this.resolver = resolver;
    this.health = health;
    this.roll = roll;
  }

  /**
   * Looks all names up, but for those whose last look-up goes on still: while no DNS answers, each
   * takes a thread for longer than the pause until the next. Completes when what they lead to is on
   * the roll. Never fails.
   */
  Future<Void> refresh() {
    List<Future<Void>> looks =
        named.stream().filter(upstream -> !lookedUp.contains(upstream)).map(this::refresh).toList();
    return Future.join(looks).otherwiseEmpty().mapEmpty();
  }

  /** Looks up what is new in another list. Never fails. */
  Future<Ready> prepare(List<NamedUpstream> next) {
    List<NamedUpstream> distinct = next.stream().distinct().toList();
    Ready ready = new Ready(distinct, new HashMap<>());
    return Future.join(
            distinct.stream()
                .filter(upstream -> !present.containsKey(upstream) && !isByName(upstream))
                // In the chain, not beside it: a listener may be called after the join's own.
                .map(upstream -> lookUp(upstream).map(a -> ready.found().put(upstream, a)))
                .toList())
        .otherwiseEmpty()
        .map(looked -> ready);
  }

  /** Puts another list in the place of this one. Those that stay are told how they are judged. */
  void replace(Ready ready, Function<String, HealthOptions> judged) {
    options = judged;
    named = ready.named();
    for (NamedUpstream gone : List.copyOf(present.keySet())) {
      if (!named.contains(gone)) {
        Set<String> ids = present.getOrDefault(gone, Map.of()).keySet();
        present.remove(gone);
        ids.stream()
            .filter(id -> present.values().stream().noneMatch(other -> other.containsKey(id)))
            .forEach(id -> health.unnamed(id, "not in the settings any more"));
      }
    }
    for (NamedUpstream upstream : named) {
      present
          .getOrDefault(upstream, Map.of())
          .forEach((id, endpoint) -> health.named(instance(upstream, id, endpoint)));
      List<InetAddress> addresses = ready.found().get(upstream);
      if (isByName(upstream)) {
        enter(upstream, Map.of(id(upstream, upstream.endpoint()), upstream.endpoint()));
      } else if (addresses != null) {
        enter(upstream, addresses);
      }
    }
  }

  /** Its name, not its address, is what it is. */
  private static boolean isByName(NamedUpstream upstream) {
    return upstream.protocol() == Protocol.HTTPS;
  }

  private Future<Void> refresh(NamedUpstream upstream) {
    if (isByName(upstream)) {
      enter(upstream, Map.of(id(upstream, upstream.endpoint()), upstream.endpoint()));
      return Future.succeededFuture();
    }
    lookedUp.add(upstream);
    return lookUp(upstream)
        .onComplete(done -> lookedUp.remove(upstream))
        .onSuccess(
            addresses -> {
              if (named.contains(upstream)) {
                enter(upstream, addresses);
              }
            })
        .mapEmpty();
  }

  private Future<List<InetAddress>> lookUp(NamedUpstream upstream) {
    String host = upstream.endpoint().host();
    return resolver
        .apply(host)
        .onSuccess(addresses -> lost.remove(host))
        .onFailure(
            nowhere -> {
              if (lost.add(host)) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "upstream %s: no such host; looked up again every %d s"
                        .formatted(upstream, AGAIN.toSeconds()));
              }
            });
  }

  private void enter(NamedUpstream upstream, List<InetAddress> addresses) {
    boolean wide = present.containsKey(upstream) && areAllDown(upstream);
    boolean four = addresses.get(0) instanceof Inet4Address;
    Map<String, Endpoint> before = present.getOrDefault(upstream, Map.of());
    Map<String, Endpoint> now = new TreeMap<>();
    for (InetAddress address : addresses) {
      boolean preferred = address instanceof Inet4Address == four;
      Endpoint endpoint = new Endpoint(address.getHostAddress(), upstream.endpoint().port());
      String id = id(upstream, endpoint);
      if (preferred || wide || before.containsKey(id)) {
        now.put(id, endpoint);
      }
    }
    enter(upstream, now);
  }

  private void enter(NamedUpstream upstream, Map<String, Endpoint> now) {
    Map<String, Endpoint> before = present.getOrDefault(upstream, Map.of());
    present.put(upstream, now);
    now.forEach(
        (id, endpoint) -> {
          if (!before.containsKey(id)) {
            health.named(instance(upstream, id, endpoint));
          }
        });
    for (String id : before.keySet()) {
      if (!now.containsKey(id)) {
        health.unnamed(id, upstream.endpoint().host() + " doesn't lead to it any more");
      }
    }
  }

  private static String id(NamedUpstream upstream, Endpoint endpoint) {
    return upstream.service() + "@" + endpoint;
  }

  private boolean areAllDown(NamedUpstream upstream) {
    return present.getOrDefault(upstream, Map.of()).keySet().stream()
        .map(roll::find)
        .allMatch(u -> u == null || isDown(u));
  }

  private static boolean isDown(Upstream upstream) {
    return upstream.availability() == Availability.DOWN;
  }

  private Instance instance(NamedUpstream upstream, String id, Endpoint endpoint) {
    HealthOptions plan = options.apply(upstream.service());
    boolean literal = endpoint.host().equals(upstream.endpoint().host());
    return Instance.named(
        id,
        "settings" + (upstream.protocol() == Protocol.HTTP ? "" : ", " + upstream.protocol()),
        upstream.service(),
        literal ? endpoint.toString() : upstream.endpoint().host(),
        endpoint,
        upstream.protocol(),
        plan.path().isEmpty() ? new ProbeTarget.Tcp() : new ProbeTarget.Http(plan.path()));
  }
}
