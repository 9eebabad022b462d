package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Canary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The policy of each service, made when it is first asked for. Any thread may call; a look-up
 * doesn't lock.
 */
public final class ServicePolicies implements Function<String, SelectionPolicy> {

  private final Policies policies;
  private volatile Made made;

  /**
   * @param usual the setting for services that have none of their own
   * @param own settings by service
   * @throws IllegalArgumentException with one clear line if a setting names no policy
   */
  public ServicePolicies(Policies policies, String usual, Map<String, String> own) {
    this.policies = policies;
    this.made = new Made(new Settings(usual, own), new ConcurrentHashMap<>());
  }

  /**
   * The same object at each call, until its setting changes.
   *
   * @param service a service, or the key of its canary's policy
   */
  @Override
  public SelectionPolicy apply(String service) {
    Made now = made;
    SelectionPolicy policy = now.policies.get(service);
    return policy != null
        ? policy
        : now.policies.computeIfAbsent(
            service,
            key -> {
              String name = Canary.serviceOf(key);
              return policies.create(now.settings.of(name), name);
            });
  }

  /**
   * Takes new settings. Services whose setting is as before keep their policy and its turns; counts
   * of what is in flight stand with the upstreams and are kept by all.
   *
   * @throws IllegalArgumentException with one clear line, and changes nothing
   */
  public void change(String usual, Map<String, String> own) {
    Settings next = new Settings(usual, own);
    Map<String, SelectionPolicy> kept = new ConcurrentHashMap<>(made.policies);
    kept.entrySet()
        .removeIf(
            entry -> !entry.getValue().name().equals(next.of(Canary.serviceOf(entry.getKey()))));
    made = new Made(next, kept);
  }

  /** Settings, and the policies made by them: none of another setting is ever among these. */
  private record Made(Settings settings, Map<String, SelectionPolicy> policies) {}

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
