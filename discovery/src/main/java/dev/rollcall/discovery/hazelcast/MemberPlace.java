package dev.rollcall.discovery.hazelcast;

import dev.rollcall.discovery.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * A member's own place.
 *
 * @param host name or address to bind; {@code 0.0.0.0} or {@code ::} for every interface. Wider
 *     than loopback needs a secret
 * @param port exactly this one; 0 takes any free one, for tests
 * @param publicAddress what others are told in place of the bound address, or null
 */
public record MemberPlace(String host, int port, @Nullable Endpoint publicAddress) {

  public MemberPlace {
    if (host.isBlank()) {
      throw new IllegalArgumentException("cluster.host: blank (expected: a name or an address)");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("cluster.port: " + port + " (expected: 0 to 65535)");
    }
  }

  boolean everyInterface() {
    return host.equals("0.0.0.0") || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
  }
}
