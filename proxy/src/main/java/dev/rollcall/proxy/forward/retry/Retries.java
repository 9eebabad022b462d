package dev.rollcall.proxy.forward.retry;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.util.List;
import java.util.Set;

/**
 * How often requests that an upstream may have begun to work on are tried again. Those that nobody
 * can have begun move on whatever this says.
 *
 * @param tries more tries of one request; default 2, 0: none
 * @param percent of the requests that may be tried again; default 20. Much more, and a brown-out
 *     becomes a black-out
 * @param perSecond tries that are always allowed; default 3
 * @param statuses of answers that are not passed on while another upstream may do better; default
 *     none. Only for methods that may be repeated
 */
public record Retries(int tries, int percent, int perSecond, Set<Integer> statuses) {

  public static final Retries DEFAULT = new Retries(2, 20, 3, Set.of());

  private static final ValueType<List<Integer>> STATUSES =
      ValueType.list(ValueType.COUNT.where(status -> status >= 500 && status <= 599, "500 to 599"));

  public Retries {
    statuses = Set.copyOf(statuses);
  }

  /** Reads the {@code retry} section. */
  public static Retries read(Settings settings) {
    List<Integer> statuses =
        settings.find(
            "retry.statuses",
            STATUSES,
            "none",
            "answers such as 502,503 that are not passed on while another may do better");
    return new Retries(
        settings.get(
            "retry.tries",
            ValueType.COUNT.where(tries -> tries <= 10, "0 to 10"),
            "2",
            "more tries of a request that may have been begun; 0: none"),
        settings.get(
            "retry.budget",
            ValueType.COUNT.where(percent -> percent <= 100, "0 to 100"),
            "20",
            "percent of requests that may be tried again"),
        settings.get(
            "retry.budget-min", ValueType.COUNT, "3", "tries a second that are always allowed"),
        statuses == null ? Set.of() : Set.copyOf(statuses));
  }
}
