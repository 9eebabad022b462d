package dev.rollcall.proxy.balance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The policy of each service, made when it is first asked for. Any thread may call; a look-up
 * doesn't lock.
 */
public final class ServicePolicies implements Function<String, SelectionPolicy> {

  private final Policies policies;
  private final Map<String, SelectionPolicy> made = new ConcurrentHashMap<>();
  private volatile Settings settings;

  /**
   * @param usual the setting for services that have none of their own
   * @param own settings by service
   * @throws IllegalArgumentException with one clear line if a setting names no policy
   */
  public ServicePolicies(Policies policies, String usual, Map<String, String> own) {
    this.policies = policies;
    this.settings = new Settings(usual, own);
  }

  /** The same object at each call, until its setting changes. */
  @Override
  public SelectionPolicy apply(String service) {
    SelectionPolicy policy = made.get(service);
    return policy != null
        ? policy
        : made.computeIfAbsent(service, name -> policies.create(settings.of(name), name));
  }

  /**
   * Takes new settings. Services whose setting is as before keep their policy and its turns; counts
   * of what is in flight stand with the upstreams and are kept by all.
   *
   * @throws IllegalArgumentException with one clear line, and changes nothing
   */
  public void change(String usual, Map<String, String> own) {
    settings = new Settings(usual, own);
    made.entrySet().removeIf(entry -> !entry.getValue().name().equals(settings.of(entry.getKey())));
  }

  private record Settings(String usual, Map<String, String> own) {

    Settings {
      Policies.check(usual);
      own = Map.copyOf(own);
      own.values().forEach(Policies::check);
    }

    String of(String service) {
      return own.getOrDefault(service, usual);
    }
  }
}
