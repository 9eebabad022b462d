package dev.rollcall.discovery.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import dev.rollcall.discovery.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Tells a Hazelcast client the addresses of members: all that a name has, resolved at every
 * attempt. Given names itself, the client would take one address of each.
 *
 * <p>Java remembers names for a while, and failures too: processes turn that off first thing in
 * {@code main} by the security properties {@code networkaddress.cache.ttl} and {@code
 * networkaddress.cache.negative.ttl}.
 */
final class MemberNames implements DiscoveryStrategyFactory {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final List<NameLookup> members;

  MemberNames(List<Endpoint> members) {
    this.members =
        members.stream()
            .map(member -> new NameLookup(member, InetAddress::getAllByName, PATIENCE))
            .toList();
  }

  @Override
  public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
    return Resolving.class;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public DiscoveryStrategy newDiscoveryStrategy(
      DiscoveryNode node, ILogger logger, Map<String, Comparable> properties) {
    return new Resolving(logger, members);
  }

  @Override
  public Collection<PropertyDefinition> getConfigurationProperties() {
    return List.of();
  }

  /** Called by the client, on a thread of its own, before each attempt. */
  private static final class Resolving extends AbstractDiscoveryStrategy {
    private final List<NameLookup> members;

    Resolving(ILogger logger, List<NameLookup> members) {
      super(logger, Map.of());
      this.members = members;
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
      List<DiscoveryNode> found = new ArrayList<>();
      for (NameLookup lookup : members) {
        for (InetAddress address : lookup.addresses()) {
          found.add(new SimpleDiscoveryNode(new Address(address, lookup.member().port())));
        }
      }
      return found;
    }
  }
}
