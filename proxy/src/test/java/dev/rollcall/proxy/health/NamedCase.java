package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.ServiceRoll;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Upstreams of the settings, and what their names lead to. */
abstract class NamedCase {

  protected static final Duration GRACE = Duration.ofMillis(300);

  protected final World world = new World();
  protected final Map<String, List<InetAddress>> names = new HashMap<>();

  protected Future<List<InetAddress>> lookUp(String host) {
    List<InetAddress> known = names.get(host);
    return known == null
        ? Future.failedFuture(new UnknownHostException(host))
        : Future.succeededFuture(known);
  }

  protected void lead(String host, String... addresses) throws UnknownHostException {
    List<InetAddress> list = new ArrayList<>();
    for (String address : addresses) {
      list.add(InetAddress.getByName(address));
    }
    names.put(host, list);
  }

  protected NamedUpstreams named(NamedUpstream... upstreams) {
    return new NamedUpstreams(
        List.of(upstreams), service -> world.options, this::lookUp, world.health, world.roll);
  }

  protected static NamedUpstream http(String host) {
    return new NamedUpstream("web", new Endpoint(host, 80), Protocol.HTTP);
  }

  protected List<String> endpoints() {
    ServiceRoll web = world.roll.snapshot().service("web");
    return web == null
        ? List.of()
        : web.upstreams().stream().map(u -> u.endpoint().toString()).toList();
  }
}
