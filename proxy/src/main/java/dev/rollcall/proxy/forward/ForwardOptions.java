package dev.rollcall.proxy.forward;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.util.List;
import java.util.Map;

/**
 * Everything the forwarding engine can be told.
 *
 * @param timeouts how long it waits, unless a service has its own
 * @param serviceTimeouts by service
 * @param limits how much it takes
 * @param admission how much of a service it takes, unless the service has its own
 * @param serviceAdmission by service
 * @param rates how many requests a second of one client
 * @param compression of what is compressed, unless a service has its own
 * @param serviceCompression by service
 * @param trusted whose {@code X-Forwarded-*}, {@code Forwarded} and {@code X-Request-Id} are
 *     believed; default nobody. Too wide, and clients can forge their address
 */
public record ForwardOptions(
    Timeouts timeouts,
    Map<String, Timeouts> serviceTimeouts,
    Limits limits,
    Admission admission,
    Map<String, Admission> serviceAdmission,
    Rates rates,
    Compression compression,
    Map<String, Compression> serviceCompression,
    TrustedProxies trusted) {

  public static final ForwardOptions DEFAULT =
      new ForwardOptions(
          Timeouts.DEFAULT,
          Map.of(),
          Limits.DEFAULT,
          Admission.FREE,
          Map.of(),
          Rates.NONE,
          Compression.NONE,
          Map.of(),
          TrustedProxies.NOBODY);

  private static final ValueType<String> NETWORK =
      ValueType.TEXT.where(ForwardOptions::isNetwork, "a network such as 10.0.0.0/8 or fd00::/8");

  public ForwardOptions {
    serviceTimeouts = Map.copyOf(serviceTimeouts);
    serviceAdmission = Map.copyOf(serviceAdmission);
    serviceCompression = Map.copyOf(serviceCompression);
  }

  Timeouts timeouts(String service) {
    return serviceTimeouts.getOrDefault(service, timeouts);
  }

  Admission admission(String service) {
    return serviceAdmission.getOrDefault(service, admission);
  }

  Compression compression(String service) {
    return serviceCompression.getOrDefault(service, compression);
  }

  /** Reads what holds for all services, and what some have of their own. */
  public static ForwardOptions read(Settings settings) {
    List<String> trusted =
        settings.find(
            "http.trusted-proxies",
            ValueType.list(NETWORK),
            "none",
            "networks whose X-Forwarded-* and Forwarded are believed");
    Timeouts timeouts = Timeouts.read(settings);
    return new ForwardOptions(
        timeouts,
        settings.each("services", (name, service) -> timeouts.of(service)),
        Limits.read(settings),
        Admission.readCommon(settings),
        settings.each("services", (name, service) -> Admission.readService(service)),
        Rates.read(settings),
        Compression.read(settings),
        settings.each("services", (name, service) -> Compression.read(service.inheriting())),
        trusted == null ? TrustedProxies.NOBODY : TrustedProxies.of(trusted));
  }

  private static boolean isNetwork(String text) {
    try {
      return !TrustedProxies.of(List.of(text)).isEmpty();
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}
