package dev.rollcall.proxy.forward;

/**
 * How much a stranger may send. {@link #NONE} stands for no limit.
 *
 * @param headerSize bytes of all header fields of a request; default 32 KB, beyond: 431
 * @param headerCount header fields of a request; default 100, beyond: 431
 * @param lineSize bytes of the request line; default 8 KB, beyond: 414
 * @param bodySize bytes of a request body; default none, beyond: 413
 * @param connections open client connections of the whole process; default 20000, beyond: refused
 * @param connectionsPerAddress the same for one client address; default none. Behind published
 *     Docker ports all clients may share the bridge's address
 * @param inFlight requests under way in the whole process; default none, beyond: 503
 */
public record Limits(
    int headerSize,
    int headerCount,
    int lineSize,
    long bodySize,
    int connections,
    int connectionsPerAddress,
    int inFlight) {

  public static final int NONE = -1;

  public static final Limits DEFAULT =
      new Limits(32 * 1024, 100, 8 * 1024, NONE, 20_000, NONE, NONE);

  public Limits {
    atLeastOne("header-size", headerSize);
    atLeastOne("header-count", headerCount);
    atLeastOne("line-size", lineSize);
    noneOrMore("body-size", bodySize);
    noneOrMore("connections", connections);
    noneOrMore("connections-per-address", connectionsPerAddress);
    noneOrMore("in-flight", inFlight);
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
