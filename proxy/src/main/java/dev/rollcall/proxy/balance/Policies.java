package dev.rollcall.proxy.balance;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes selection policies from the text of the {@code policy} setting. Each service needs an
 * object of its own. Any thread may call.
 */
public final class Policies {

  private final StickyKey key;
  private final Supplier<RandomGenerator> random;

  public Policies(StickyKey key) {
    this(key, ThreadLocalRandom::current);
  }

  /**
   * @param random for the calling thread
   */
  public Policies(StickyKey key, Supplier<RandomGenerator> random) {
    this.key = key;
    this.random = random;
  }

  /**
   * A policy for one service.
   *
   * @param setting for example {@code round-robin} or {@code hash:header:X-User}
   * @throws IllegalArgumentException with one clear line if the setting names no policy
   */
  public SelectionPolicy create(String setting, String service) {
    return PolicySetting.parse(setting).maker().make(service, random, key);
  }

  /**
   * Returns the setting if {@link #create} would understand it.
   *
   * @throws IllegalArgumentException with one clear line if not
   */
  public static String check(String setting) {
    return PolicySetting.parse(setting).text();
  }
}
