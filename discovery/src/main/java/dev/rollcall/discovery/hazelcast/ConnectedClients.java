package dev.rollcall.discovery.hazelcast;

import com.hazelcast.client.Client;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The connections that clients have with this member, so that the end of one tells whether its
 * client is gone: an old connection may end after the client has opened another. Asking Hazelcast
 * each time would copy all of them for each that ends, thousands when thousands end together. It is
 * asked only before a client is held for one that has another connection: a member that merges into
 * another cluster drops all of them and tells nobody. Any thread.
 */
final class ConnectedClients {

  private final Supplier<Collection<Client>> present;
  private final Map<UUID, Set<InetSocketAddress>> connections = new HashMap<>();

  /**
   * @param present what Hazelcast has now; is asked so that nothing that is told meanwhile gets
   *     before it
   */
  ConnectedClients(Supplier<Collection<Client>> present) {
    this.present = present;
  }

  /** Takes up those that are there, whatever was told before. */
  synchronized void begin() {
    connections.clear();
    present.get().forEach(this::connected);
  }

  synchronized void connected(Client client) {
    connections.computeIfAbsent(client.getUuid(), id -> new HashSet<>(2)).add(place(client));
  }

  /** True when it was the client's last. */
  synchronized boolean disconnected(Client client) {
    UUID id = client.getUuid();
    Set<InetSocketAddress> left = connections.get(id);
    if (left == null) {
      return true;
    }
    left.remove(place(client));
    if (!left.isEmpty() && present.get().stream().anyMatch(each -> each.getUuid().equals(id))) {
      return false;
    }
    connections.remove(id);
    return true;
  }

  private static InetSocketAddress place(Client client) {
    return client.getSocketAddress();
  }
}
