package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;

/**
 * An upstream that can't register, as the settings name it.
 *
 * @param service that it serves
 * @param endpoint where; a name with several addresses stands for an instance at each of them
 * @param protocol what it speaks
 */
public record NamedUpstream(String service, Endpoint endpoint, Protocol protocol) {

  @Override
  public String toString() {
    return service + " at " + endpoint;
  }
}
