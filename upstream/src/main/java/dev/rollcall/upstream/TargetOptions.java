package dev.rollcall.upstream;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server beside which a companion stands, and how it is watched.
 *
 * @param endpoint where the companion reaches it; proxies call its port too
 * @param path asked for by GET, where 2xx means well; null: a TCP connection is enough, which a
 *     server that hangs still gives
 * @param interval between two checks; default 1 s
 * @param timeout of one check; default 1 s
 * @param fall checks in a row that must fail before it is taken off the roll; default 3
 * @param rise checks in a row that must succeed before it returns; default 2. The first time one is
 *     enough
 */
record TargetOptions(
    Endpoint endpoint,
    @Nullable String path,
    Duration interval,
    Duration timeout,
    int fall,
    int rise) {

  private static final ValueType<Endpoint> URL =
      ValueType.of("http://host:port", TargetOptions::parse);

  private static final ValueType<String> PATH =
      ValueType.TEXT.where(path -> path.startsWith("/"), "a path that begins with /");

  private static final ValueType<Integer> TIMES = ValueType.COUNT.where(n -> n >= 1, "1 or more");

  /** What proxies may ask. */
  ProbeTarget probe() {
    return path == null ? new ProbeTarget.Tcp() : new ProbeTarget.Http(path);
  }

  /** Null when there is no target. */
  static @Nullable TargetOptions read(Settings settings) {
    Endpoint endpoint =
        settings.find(
            "target",
            URL,
            "none: serves the demo",
            "an HTTP server to register and watch, such as http://127.0.0.1:80");
    String path =
        settings.find(
            "target.health.path", PATH, "none: a TCP connection", "what to ask the target for");
    Duration interval =
        settings.get(
            "target.health.interval",
            ValueType.POSITIVE_DURATION,
            "1s",
            "between two checks of it");
    Duration timeout =
        settings.get(
            "target.health.timeout",
            ValueType.POSITIVE_DURATION,
            "1s",
            "how long one check may take");
    int fall =
        settings.get("target.health.fall", TIMES, "3", "failed checks in a row that take it off");
    int rise =
        settings.get("target.health.rise", TIMES, "2", "good checks in a row that bring it back");
    return endpoint == null
        ? null
        : new TargetOptions(endpoint, path, interval, timeout, fall, rise);
  }

  private static Endpoint parse(String text) {
    URI url = URI.create(text);
    boolean bare = url.getRawQuery() == null && url.getRawFragment() == null;
    boolean root = url.getRawPath() == null || url.getRawPath().matches("/?");
    if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || !bare || !root) {
      throw new IllegalArgumentException(text);
    }
    String host = url.getHost().replaceAll("^\\[|]$", "");
    return new Endpoint(host, url.getPort() < 0 ? 80 : url.getPort());
  }
}
