package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.proxy.admin.AdminOptions;
import dev.rollcall.proxy.register.RegisterOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ports that one proxy binds: no two may be the same where their addresses meet. Found by the
 * settings alone, so that {@code --check} says so and no start has to find its own port taken.
 */
final class OwnPorts {

  private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");

  private record Own(String key, String host, int port) {

    /** Any free port is nobody else's. */
    boolean meets(Own other) {
      return port != 0
          && port == other.port
          && (host.equals(other.host)
              || EVERYWHERE.contains(host)
              || EVERYWHERE.contains(other.host));
    }
  }

  private final List<Own> ports = new ArrayList<>();

  private OwnPorts() {}

  /** Refuses the later of two that are the same, or the earlier if only that was given. */
  static void judge(
      Settings settings,
      ListenOptions listen,
      AdminOptions admin,
      RegisterOptions register,
      ClusterOptions cluster) {
    OwnPorts own = new OwnPorts();
    own.add("http.port", listen.host(), listen.port());
    if (listen.tls() != null) {
      own.add("tls.port", listen.host(), listen.tls().port());
    }
    own.add("admin.port", admin.host(), admin.port());
    if (register.port() != null) {
      own.add("register.port", register.host(), register.port());
    }
    own.add("cluster.port", cluster.host(), cluster.port());
    own.add("cluster.bus-port", ClusterOptions.BUS_HOST, cluster.busPort());
    own.judge(settings);
  }

  private void add(String key, @Nullable String host, int port) {
    ports.add(new Own(key, host == null ? "" : host, port));
  }

  private void judge(Settings settings) {
    for (int later = 1; later < ports.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (ports.get(later).meets(ports.get(earlier))) {
          refuse(settings, ports.get(earlier).key(), ports.get(later).key());
          break;
        }
      }
    }
  }

  private static void refuse(Settings settings, String earlier, String later) {
    if (settings.isGiven(later)) {
      settings.refuse(later, "another port than that of " + earlier);
    } else {
      settings.refuse(earlier, "another port than that of " + later);
    }
  }
}
