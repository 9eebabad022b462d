package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.Client;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConnectedClientsTest {

  private static final UUID ONE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private final ConnectedClients clients = new ConnectedClients();

  /** One connection of a client's. */
  private record Connection(UUID client, int port) implements Client {

    @Override
    public UUID getUuid() {
      return client;
    }

    @Override
    public InetSocketAddress getSocketAddress() {
      return InetSocketAddress.createUnresolved("client.test", port);
    }

    @Override
    public String getClientType() {
      return "JVM";
    }

    @Override
    public String getName() {
      return "a client";
    }

    @Override
    public Set<String> getLabels() {
      return Set.of();
    }
  }

  @Test
  void aClientIsGoneWithItsLastConnection() {
    clients.connected(new Connection(ONE, 1));
    clients.connected(new Connection(OTHER, 2));
    clients.connected(new Connection(ONE, 3));
    assertThat(clients.disconnected(new Connection(ONE, 1))).isFalse();
    assertThat(clients.disconnected(new Connection(ONE, 3))).isTrue();
    assertThat(clients.disconnected(new Connection(OTHER, 2))).isTrue();
  }

  @Test
  void whoWasThereBeforeCountsToo() {
    clients.connected(new Connection(ONE, 2));
    clients.begin(() -> List.of(new Connection(ONE, 1), new Connection(ONE, 2)));
    assertThat(clients.disconnected(new Connection(ONE, 2))).isFalse();
    assertThat(clients.disconnected(new Connection(ONE, 1))).isTrue();
  }

  @Test
  void whoWasNeverSeenIsGone() {
    assertThat(clients.disconnected(new Connection(ONE, 1))).isTrue();
  }
}
