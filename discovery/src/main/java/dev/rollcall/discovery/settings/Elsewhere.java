package dev.rollcall.discovery.settings;

import java.util.Set;

/**
 * Keys that another process of the same deployment reads. They are no fault here, so that proxies
 * and upstreams can share one file and one environment.
 *
 * @param keys dotted keys; {@code services.*} stands for all below
 */
public record Elsewhere(Set<String> keys) {

  public static final Elsewhere NOTHING = new Elsewhere(Set.of());

  public Elsewhere {
    keys = Set.copyOf(keys);
  }

  boolean hasKey(String key) {
    return keys.contains(key)
        || keys.stream().anyMatch(k -> k.endsWith(".*") && key.startsWith(stem(k)))
        || keys.stream().anyMatch(k -> k.startsWith(key + "."));
  }

  boolean hasVariable(String name) {
    return keys.stream().anyMatch(key -> Setting.variable(key).equals(name));
  }

  private static String stem(String pattern) {
    return pattern.substring(0, pattern.length() - 1);
  }
}
