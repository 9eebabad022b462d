package dev.rollcall.proxy.forward.client;

import dev.rollcall.discovery.settings.DurationText;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.time.Duration;

/**
 * How long the engine waits, and for whom. A stall never runs while the other side is what is slow.
 *
 * @param connect TCP connect to an upstream; default 1 s. Too short cuts off distant upstreams
 * @param response last request byte to response head; default 30 s. Ends in 504
 * @param bodyStall no byte of a response body although we want more; default 60 s. Cuts the client
 *     off, visibly
 * @param requestHeader first byte of a request to the end of its header; default 10 s. Ends in 408
 * @param requestBodyStall no byte of a request body although we want more; default 30 s. Ends in
 *     408; in 504 when it is the upstream that takes no byte of what waits for it. A client that
 *     waits for a 100 has {@code response} besides
 * @param idle a client's keep-alive connection without a request, or with an answer of which it
 *     takes nothing at all; default 75 s
 * @param tunnelIdle silence in both directions of a tunnel, an event stream or a gRPC call; default
 *     1 h
 */
public record Timeouts(
    Duration connect,
    Duration response,
    Duration bodyStall,
    Duration requestHeader,
    Duration requestBodyStall,
    Duration idle,
    Duration tunnelIdle) {

  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          Duration.ofHours(1));

  public Timeouts {
    positive("connect", connect);
    positive("response", response);
    positive("body-stall", bodyStall);
    positive("request-header", requestHeader);
    positive("request-body-stall", requestBodyStall);
    positive("idle", idle);
    positive("tunnel-idle", tunnelIdle);
  }

  /** Reads the {@code timeout} section. */
  public static Timeouts read(Settings settings) {
    return new Timeouts(
        wait(settings, "connect", "1s", "TCP connect to an upstream"),
        response(settings),
        bodyStall(settings),
        wait(settings, "request-header", "10s", "first byte of a request to the end of its header"),
        requestBodyStall(settings),
        wait(
            settings,
            "idle",
            "75s",
            "a client's connection between two requests, or one that takes nothing of an answer"),
        tunnelIdle(settings));
  }

  /**
   * The same, as the section of one service changes it. Connecting, and what happens before its
   * route is known, stays as it is for all.
   */
  public Timeouts of(Settings service) {
    Settings own = service.inheriting();
    return new Timeouts(
        connect,
        response(own),
        bodyStall(own),
        requestHeader,
        requestBodyStall(own),
        idle,
        tunnelIdle(own));
  }

  private static Duration response(Settings settings) {
    return wait(settings, "response", "30s", "last request byte to response head; then 504");
  }

  private static Duration bodyStall(Settings settings) {
    return wait(settings, "body-stall", "60s", "silence within a response body");
  }

  private static Duration requestBodyStall(Settings settings) {
    return wait(settings, "request-body-stall", "30s", "silence within a request body");
  }

  private static Duration tunnelIdle(Settings settings) {
    return wait(settings, "tunnel-idle", "1h", "silence of tunnels, event streams and gRPC calls");
  }

  private static Duration wait(Settings settings, String key, String fallback, String meaning) {
    return settings.get("timeout." + key, ValueType.POSITIVE_DURATION, fallback, meaning);
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "timeout." + key + ": " + DurationText.of(value) + " (expected: > 0)");
    }
  }
}
