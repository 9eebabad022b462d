package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.Client;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConnectedClientsTest {

  private static final UUID ONE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private final List<Client> present = new ArrayList<>();
  private final ConnectedClients clients = new ConnectedClients(() -> List.copyOf(present));

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
    connect(ONE, 1);
    connect(OTHER, 2);
    connect(ONE, 3);
    assertThat(disconnect(ONE, 1)).isFalse();
    assertThat(disconnect(ONE, 3)).isTrue();
    assertThat(disconnect(OTHER, 2)).isTrue();
  }

  @Test
  void whoWasThereBeforeCountsToo() {
    present.add(new Connection(ONE, 1));
    connect(ONE, 2);
    clients.begin();
    assertThat(disconnect(ONE, 2)).isFalse();
    assertThat(disconnect(ONE, 1)).isTrue();
  }

  @Test
  void whoWasNeverSeenIsGone() {
    assertThat(disconnect(ONE, 1)).isTrue();
  }

  @Test
  void connectionsThatWereDroppedInSilenceHoldNobody() {
    connect(ONE, 1);
    present.clear();
    connect(ONE, 2);
    assertThat(disconnect(ONE, 2)).isTrue();
  }

  @Test
  void beginsAnewAfterAMerge() {
    connect(ONE, 1);
    connect(OTHER, 2);
    present.clear();
    clients.begin();
    connect(ONE, 3);
    assertThat(disconnect(ONE, 3)).isTrue();
  }

  private void connect(UUID client, int port) {
    present.add(new Connection(client, port));
    clients.connected(new Connection(client, port));
  }

  private boolean disconnect(UUID client, int port) {
    present.remove(new Connection(client, port));
    return clients.disconnected(new Connection(client, port));
  }
}
