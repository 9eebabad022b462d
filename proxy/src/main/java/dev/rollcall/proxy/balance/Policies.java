package dev.rollcall.proxy.balance;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes selection policies from the text of the {@code policy} setting. Each service needs an
 * object of its own. Any thread may call.
 */
public final class Policies {

  private final Supplier<RandomGenerator> random;

  public Policies() {
    this(ThreadLocalRandom::current);
  }

  Policies(Supplier<RandomGenerator> random) {
    this.random = random;
  }

  /**
   * A policy for one service.
   *
   * @param setting for example {@code round-robin}
   * @throws IllegalArgumentException with one clear line if the setting names no policy
   */
  public SelectionPolicy create(String setting) {
    return switch (setting) {
      case "round-robin" -> new RoundRobin(random);
      default ->
          throw new IllegalArgumentException("policy: " + setting + " (expected: round-robin)");
    };
  }
}
