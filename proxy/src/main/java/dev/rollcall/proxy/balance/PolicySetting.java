package dev.rollcall.proxy.balance;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The {@code policy} setting, understood.
 *
 * @param text as it was written
 * @param maker makes the policy for a service
 */
record PolicySetting(String text, Maker maker) {

  private static final String EXPECTED =
      "round-robin, least-requests, power-of-two, peak-ewma, random, ip-hash, hash:header:NAME,"
          + " hash:cookie:NAME, hash:query:NAME, hash:path or sticky";

  /** RFC 9110 §5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern QUERY_NAME = Pattern.compile("[^\\s&=#?]+");

  /** Makes a policy of one kind. */
  interface Maker {
    SelectionPolicy make(String service, Supplier<RandomGenerator> random, StickyKey key);
  }

  /**
   * @throws IllegalArgumentException with one clear line
   */
  static PolicySetting parse(String text) {
    return new PolicySetting(text, maker(text));
  }

  private static Maker maker(String text) {
    return switch (text) {
      case "round-robin" -> (service, random, key) -> new RoundRobin(random);
      case "least-requests" -> (service, random, key) -> new LeastRequests(random);
      case "power-of-two" -> (service, random, key) -> new PowerOfTwo(random);
      case "peak-ewma" -> (service, random, key) -> new PeakEwma(random);
      case "random" -> (service, random, key) -> new RandomChoice(random);
      case "sticky" -> (service, random, key) -> new Sticky(service, key, random);
      case "ip-hash" ->
          (service, random, key) -> new ConsistentHash(text, RequestKey.address(), false, random);
      case "hash:path" -> hash(text, RequestKey.path());
      default -> named(text);
    };
  }

  private static Maker named(String text) {
    int colon = text.indexOf(':', "hash:".length());
    String kind = text.substring(0, Math.max(0, colon));
    String name = text.substring(colon + 1);
    return switch (kind) {
      case "hash:header" ->
          hash(text, RequestKey.header(checked(text, name, TOKEN, "a header's name")));
      case "hash:cookie" ->
          hash(text, RequestKey.cookie(checked(text, name, TOKEN, "a cookie's name")));
      case "hash:query" ->
          hash(text, RequestKey.query(checked(text, name, QUERY_NAME, "a parameter's name")));
      default -> throw fault(text, EXPECTED);
    };
  }

  private static Maker hash(String text, RequestKey key) {
    return (service, random, stickyKey) -> new ConsistentHash(text, key, true, random);
  }

  private static String checked(String text, String name, Pattern allowed, String what) {
    if (!allowed.matcher(name).matches()) {
      throw fault(text, what + " after the second colon");
    }
    return name;
  }

  private static IllegalArgumentException fault(String text, String expected) {
    return new IllegalArgumentException("policy: " + text + " (expected: " + expected + ")");
  }
}
