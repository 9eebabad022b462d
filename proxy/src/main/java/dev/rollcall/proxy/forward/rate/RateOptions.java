package dev.rollcall.proxy.forward.rate;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many requests one client may send: a token bucket for each.
 *
 * @param each what one request costs: the time between two at a steady rate
 * @param burst requests that may come at once, after a rest; 1 or more
 * @param header field whose value tells clients apart; null: by their address. A stranger can write
 *     any value, so only for a field that something else checks, such as an API key
 */
public record RateOptions(Duration each, int burst, @Nullable String header) {

  private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,6})(?:/([smh]))?");
  static final String EXPECTED = "requests a second, minute or hour: 10/s, 600/m, 1000/h";
  private static final String HEADER = "header:";

  static final ValueType<Duration> EACH = ValueType.of(EXPECTED, RateOptions::each);
  private static final ValueType<Integer> BURST = ValueType.COUNT.where(n -> n >= 1, "1 or more");
  private static final ValueType<String> KEY =
      ValueType.of("address or header:NAME", RateOptions::key);

  public RateOptions {
    if (each.isZero() || each.isNegative()) {
      throw new IllegalArgumentException("limit.rate: " + each + " (expected: > 0)");
    }
    if (burst < 1) {
      throw new IllegalArgumentException("limit.rate-burst: " + burst + " (expected: 1 or more)");
    }
  }

  /** Reads {@code limit.rate…}; null when there is no such limit. */
  static @Nullable RateOptions read(Settings settings) {
    Duration each =
        settings.find(
            "limit.rate", EACH, "none", "requests of one client, 10/s or 600/m; then 429");
    Integer burst =
        settings.find(
            "limit.rate-burst",
            BURST,
            "a second's worth",
            "how many of them may come at once, after a rest");
    String header = header(settings);
    if (each == null) {
      return null;
    }
    return burst == null ? aSecondsWorth(each, header) : new RateOptions(each, burst, header);
  }

  /** The field that {@code limit.rate-key} names; null: clients are told apart by address. */
  static @Nullable String header(Settings settings) {
    String key =
        settings.get(
            "limit.rate-key", KEY, "address", "what tells clients apart: address or header:NAME");
    return key.equals("address") ? null : key.substring(HEADER.length());
  }

  /** As many at once as may come in a second, at least one. */
  static RateOptions aSecondsWorth(Duration each, @Nullable String header) {
    int burst = (int) Math.max(1, Duration.ofSeconds(1).toNanos() / each.toNanos());
    return new RateOptions(each, burst, header);
  }

  private static Duration each(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new IllegalArgumentException(text);
    }
    String unit = rate.group(2) == null ? "s" : rate.group(2);
    long seconds = unit.equals("s") ? 1 : unit.equals("m") ? 60 : 3600;
    return Duration.ofSeconds(seconds).dividedBy(Integer.parseInt(rate.group(1)));
  }

  private static String key(String text) {
    boolean header = text.startsWith(HEADER) && text.substring(HEADER.length()).matches("[\\w-]+");
    if (!header && !text.equals("address")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
