package dev.rollcall.proxy.forward;

import dev.rollcall.discovery.settings.Networks;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.forward.client.TrustedProxies;
import dev.rollcall.proxy.forward.gzip.Compression;
import dev.rollcall.proxy.forward.rate.Rates;
import dev.rollcall.proxy.forward.retry.Retries;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param retries how often requests are tried again, unless a service has its own
 * @param serviceRetries by service
 * @param redirect of clear text to HTTPS, or null
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
    Retries retries,
    Map<String, Retries> serviceRetries,
    @Nullable HttpsRedirect redirect,
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
          Retries.DEFAULT,
          Map.of(),
          null,
          TrustedProxies.NOBODY);

  public ForwardOptions {
    serviceTimeouts = Map.copyOf(serviceTimeouts);
    serviceAdmission = Map.copyOf(serviceAdmission);
    serviceCompression = Map.copyOf(serviceCompression);
    serviceRetries = Map.copyOf(serviceRetries);
  }

  Timeouts timeouts(String service) {
    return serviceTimeouts.getOrDefault(service, timeouts);
  }

  Retries retries(String service) {
    return serviceRetries.getOrDefault(service, retries);
  }

  Admission admission(String service) {
    return serviceAdmission.getOrDefault(service, admission);
  }

  Compression compression(String service) {
    return serviceCompression.getOrDefault(service, compression);
  }

  /** The same, with the limits that a listener's decoder was opened with. */
  ForwardOptions decodedAs(ForwardOptions opened) {
    return new ForwardOptions(
        timeouts,
        serviceTimeouts,
        limits.decodedAs(opened.limits),
        admission,
        serviceAdmission,
        rates,
        compression,
        serviceCompression,
        retries,
        serviceRetries,
        redirect,
        trusted);
  }

  /** Reads what holds for all services, and what some have of their own. */
  public static ForwardOptions read(Settings settings) {
    Networks trusted =
        settings.find(
            "http.trusted-proxies",
            Networks.TYPE,
            "none",
            "networks whose X-Forwarded-* and Forwarded are believed");
    Timeouts timeouts = Timeouts.read(settings);
    Retries retries = Retries.read(settings);
    return new ForwardOptions(
        timeouts,
        settings.each("services", (name, service) -> timeouts.of(service)),
        Limits.read(settings),
        Admission.readCommon(settings),
        settings.each("services", (name, service) -> Admission.readService(service)),
        Rates.read(settings),
        Compression.read(settings),
        settings.each("services", (name, service) -> Compression.read(service.inheriting())),
        retries,
        settings.each("services", (name, service) -> ownRetries(service, retries)),
        HttpsRedirect.read(settings),
        trusted == null ? TrustedProxies.NOBODY : new TrustedProxies(trusted));
  }

  /** The very same object if it is no other: services without their own share one budget. */
  private static Retries ownRetries(Settings service, Retries common) {
    Retries own = Retries.read(service.inheriting());
    return own.equals(common) ? common : own;
  }
}
