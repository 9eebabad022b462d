package dev.rollcall.discovery.settings;

import dev.rollcall.discovery.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Option records as a process has them, for the tests. */
record Example(
    int port,
    @Nullable String host,
    List<Endpoint> members,
    Map<String, List<String>> upstreams,
    @Nullable Secret secret,
    Waits waits,
    Map<String, Service> services) {

  static final Program<Example> PROGRAM =
      new Program<>(
          "example",
          "1.2",
          "shows how settings are read",
          Example::read,
          new Elsewhere(Set.of("weight", "metadata", "metadata.*", "target.health.path")));

  record Waits(Duration connect, Duration response) {
    static Waits read(Settings settings) {
      return new Waits(
          settings.get("timeout.connect", ValueType.POSITIVE_DURATION, "1s", "to connect"),
          settings.get("timeout.response", ValueType.POSITIVE_DURATION, "30s", "to answer"));
    }
  }

  record Service(Waits waits, List<String> routes) {
    static Service read(String name, Settings settings) {
      return new Service(
          Waits.read(settings.inheriting()),
          settings.get("routes", ValueType.list(ValueType.TEXT), "/", "what it serves"));
    }
  }

  static Example read(Settings settings) {
    return new Example(
        settings.get("http.port", ValueType.PORT, "8080", "the single URL"),
        settings.find("http.host", ValueType.TEXT, "every interface", "where it listens"),
        settings.get(
            "cluster.members",
            ValueType.list(ValueType.endpoint(5701)),
            "localhost:5701",
            "where proxies are"),
        orNone(
            settings.find(
                "upstreams",
                ValueType.map(ValueType.list(ValueType.TEXT), ";"),
                "none",
                "those that can't register")),
        settings.secret("secret", "who knows it may join"),
        Waits.read(settings),
        settings.each("services", Service::read));
  }

  private static Map<String, List<String>> orNone(@Nullable Map<String, List<String>> upstreams) {
    return upstreams == null ? Map.of() : upstreams;
  }
}
