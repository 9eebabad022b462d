package dev.rollcall.proxy.roll;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable picture of the roll. The roll's thread makes a new one at each change; every request
 * reads one, once.
 *
 * @param services by name
 * @param routes which service a request is for
 */
public record Snapshot(Map<String, ServiceRoll> services, RouteTable routes) {

  public static final Snapshot EMPTY = new Snapshot(Map.of(), RouteTable.EMPTY);

  public Snapshot {
    services = Map.copyOf(services);
  }

  public @Nullable ServiceRoll service(String name) {
    return services.get(name);
  }
}
