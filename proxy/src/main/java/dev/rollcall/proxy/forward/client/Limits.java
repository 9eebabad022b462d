package dev.rollcall.proxy.forward.client;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;

/**
 * How much a stranger may send. {@link #NONE} stands for no limit.
 *
 * @param headerSize bytes of all header fields of a request; default 32 KB, beyond: 431
 * @param headerCount header fields of a request; default 100, beyond: 431
 * @param lineSize bytes of the request line; default 8 KB, beyond: 414
 * @param bodySize bytes of a request body; default none, beyond: 413
 * @param connections open client connections of the whole process; default 20000, beyond: refused
 * @param connectionsPerAddress the same for one client address; default none. Behind published
 *     Docker ports all clients may share the bridge's address. Trusted proxies are not held to it:
 *     many clients stand behind each
 * @param requestsPerConnection requests that one client connection carries before it is closed, in
 *     order, so that clients spread over proxies anew; default none
 * @param inFlight requests under way in the whole process; default none, beyond: 503
 * @param tunnels open WebSockets and other tunnels of the whole process; default none, beyond: 503
 */
public record Limits(
    int headerSize,
    int headerCount,
    int lineSize,
    long bodySize,
    int connections,
    int connectionsPerAddress,
    int requestsPerConnection,
    int inFlight,
    int tunnels) {

  public static final int NONE = -1;

  public static final Limits DEFAULT =
      new Limits(32 * 1024, 100, 8 * 1024, NONE, 20_000, NONE, NONE, NONE, NONE);

  public Limits {
    atLeastOne("header-size", headerSize);
    atLeastOne("header-count", headerCount);
    atLeastOne("line-size", lineSize);
    noneOrMore("body-size", bodySize);
    noneOrMore("connections", connections);
    noneOrMore("connections-per-address", connectionsPerAddress);
    noneOrMore("requests-per-connection", requestsPerConnection);
    noneOrMore("in-flight", inFlight);
    noneOrMore("tunnels", tunnels);
  }

  private static final ValueType<Integer> SIZE =
      ValueType.SIZE.where(n -> n >= 1 && n <= Integer.MAX_VALUE, "1B to 1GB").map(Long::intValue);

  private static final ValueType<Integer> COUNT = ValueType.COUNT.where(n -> n >= 1, "1 or more");

  /** Reads the {@code limit} section. */
  public static Limits read(Settings settings) {
    return new Limits(
        settings.get("limit.header-size", SIZE, "32KB", "header fields of a request; then 431"),
        settings.get("limit.header-count", COUNT, "100", "header fields of a request; then 431"),
        settings.get("limit.line-size", SIZE, "8KB", "request line; then 414"),
        settings.get(
            "limit.body-size",
            ValueType.SIZE.orNone((long) NONE),
            "none",
            "request body; then 413"),
        settings.get(
            "limit.connections",
            COUNT.orNone(NONE),
            "20000",
            "open client connections; then refused"),
        settings.get(
            "limit.connections-per-address",
            COUNT.orNone(NONE),
            "none",
            "the same from one address; behind published Docker ports all may share one"),
        settings.get(
            "limit.requests-per-connection",
            COUNT.orNone(NONE),
            "none",
            "requests of one client connection; then it is closed, in order"),
        settings.get("limit.in-flight", COUNT.orNone(NONE), "none", "requests under way; then 503"),
        settings.get(
            "limit.tunnels",
            ValueType.COUNT.orNone(NONE),
            "none",
            "open WebSockets and other tunnels; then 503"));
  }

  /** The same, with the sizes that a listener was opened with. */
  public Limits decodedAs(Limits opened) {
    return new Limits(
        opened.headerSize,
        headerCount,
        opened.lineSize,
        bodySize,
        connections,
        connectionsPerAddress,
        requestsPerConnection,
        inFlight,
        tunnels);
  }

  private static void atLeastOne(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("limit." + key + ": " + value + " (expected: > 0)");
    }
  }

  private static void noneOrMore(String key, long value) {
    if (value < NONE) {
      throw new IllegalArgumentException(
          "limit." + key + ": " + value + " (expected: >= 0, or none)");
    }
  }
}
