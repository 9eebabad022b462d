package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.settings.Networks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {

  private final Said said = Said.by(Doorkeeper.class);
  private long now = Long.MAX_VALUE - 7;
  private final Doorkeeper keeper =
      new Doorkeeper(Networks.of(List.of("10.0.0.0/8", "fd00::/8")), () -> now);

  @AfterEach
  void close() {
    said.close();
  }

  /** Somebody who has connected from this address. */
  private static Socket from(String address) throws UnknownHostException {
    InetAddress of = InetAddress.getByName(address);
    return new Socket() {
      @Override
      public InetAddress getInetAddress() {
        return of;
      }
    };
  }

  private void refuses(String address) {
    assertThatThrownBy(() -> keeper.onAccept(from(address)))
        .isInstanceOf(IOException.class)
        .hasMessage(address + " is not in cluster.allowed-members");
  }

  @Test
  void hearsAllowedNetworksOnly() {
    for (String friend : List.of("10.1.2.3", "::ffff:10.1.2.3", "fd12:0:0:0:0:0:0:1")) {
      assertThatCode(() -> keeper.onAccept(from(friend))).doesNotThrowAnyException();
    }
    refuses("11.0.0.1");
    refuses("fe80:0:0:0:0:0:0:1");
    refuses("127.0.0.1");
  }

  @Test
  void callsWhomItWants() {
    assertThatCode(() -> keeper.onConnect(from("11.0.0.1"))).doesNotThrowAnyException();
  }

  @Test
  void tellsOfAnAddressOnceAMinute() {
    refuses("11.0.0.1");
    refuses("11.0.0.1");
    now += Duration.ofSeconds(59).toNanos();
    refuses("11.0.0.1");
    refuses("11.0.0.2");
    assertThat(said.lines())
        .containsExactly(
            "refused a cluster connection from 11.0.0.1: cluster.allowed-members is"
                + " 10.0.0.0/8,fd00::/8",
            "refused a cluster connection from 11.0.0.2: cluster.allowed-members is"
                + " 10.0.0.0/8,fd00::/8");
    now += Duration.ofSeconds(1).toNanos();
    refuses("11.0.0.1");
    assertThat(said.lines()).hasSize(3);
  }

  @Test
  void tellsOfACrowdInOneLine() {
    for (int i = 0; i < 300; i++) {
      refuses("11.0." + i / 250 + "." + i % 250);
    }
    assertThat(said.lines())
        .hasSize(101)
        .endsWith("refused cluster connections from more than 100 addresses");
  }
}
