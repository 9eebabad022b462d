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
 * instead would copy all of them for each that ends, thousands when thousands end together. Any
 * thread.
 */
final class ConnectedClients {

  private final Map<UUID, Set<InetSocketAddress>> connections = new HashMap<>();

  /**
   * Takes up those that were there before anybody was told of them.
   *
   * @param present is asked so that nothing that is told meanwhile gets before it
   */
  synchronized void begin(Supplier<Collection<Client>> present) {
    present.get().forEach(this::connected);
  }

  synchronized void connected(Client client) {
    connections.computeIfAbsent(client.getUuid(), id -> new HashSet<>(2)).add(place(client));
  }

  /** True when it was the client's last. */
  synchronized boolean disconnected(Client client) {
    Set<InetSocketAddress> left = connections.get(client.getUuid());
    if (left == null) {
      return true;
    }
    left.remove(place(client));
    return left.isEmpty() && connections.remove(client.getUuid()) != null;
  }

  private static InetSocketAddress place(Client client) {
    return client.getSocketAddress();
  }
}
