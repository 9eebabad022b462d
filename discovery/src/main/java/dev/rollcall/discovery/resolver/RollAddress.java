package dev.rollcall.discovery.resolver;

import io.vertx.core.net.Address;

/**
 * All instances of a service that are on the roll, as one address: {@code new
 * RequestOptions().setServer(new RollAddress("hello"))}.
 *
 * @param service as its instances register it
 */
public record RollAddress(String service) implements Address {

  /**
   * @throws IllegalArgumentException when it is blank
   */
  public RollAddress {
    if (service.isBlank()) {
      throw new IllegalArgumentException("service: blank (expected: a name)");
    }
  }
}
