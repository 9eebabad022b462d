package dev.rollcall.proxy;

import static dev.rollcall.proxy.OwnProxy.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps a proxy from starting is one line that names the setting. */
class StartFaultsIT {

  private final OwnProxy proxy = OwnProxy.open();

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  @Test
  void namesTheSettingOfATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () -> await(proxy.start(Map.of("ROLLCALL_HTTP_PORT", String.valueOf(port))).listen()))
          .hasMessage("http.port: %d is taken by another program (expected: a free port)", port);
    }
  }

  @Test
  void namesTheSettingOfATakenAdminPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () ->
                  await(proxy.start(Map.of("ROLLCALL_ADMIN_PORT", String.valueOf(port))).listen()))
          .hasMessage("admin.port: %d is taken by another program (expected: a free port)", port);
    }
  }

  @Test
  void namesTheSettingOfATakenClusterPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Map<String, String> taking = Map.of("ROLLCALL_CLUSTER_PORT", String.valueOf(port));

      assertThatThrownBy(
              () -> await(proxy.start(taking).listen().compose(ports -> proxy.process().join())))
          .hasMessage("cluster.port: %d is taken by another program (expected: a free port)", port);
    }
  }

  @Test
  void namesTheSettingOfATakenBusPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Map<String, String> taking = Map.of("ROLLCALL_CLUSTER_BUS_PORT", String.valueOf(port));

      assertThatThrownBy(
              () -> await(proxy.start(taking).listen().compose(ports -> proxy.process().join())))
          .hasMessage(
              "cluster.bus-port: %d is taken by another program (expected: a free port)", port);
    }
  }

  @Test
  void namesTheSettingOfAnAddressThatIsNotHere() throws Exception {
    assertThatThrownBy(() -> await(proxy.start(Map.of("ROLLCALL_HTTP_HOST", "192.0.2.1")).listen()))
        .hasMessage("http.host: 192.0.2.1 (expected: an address of this machine)");
  }

  @Test
  void namesTheSettingOfAClusterAddressThatIsNotHere() throws Exception {
    Map<String, String> elsewhere =
        Map.of("ROLLCALL_CLUSTER_HOST", "192.0.2.1", "ROLLCALL_SECRET", "hush");

    assertThatThrownBy(
            () -> await(proxy.start(elsewhere).listen().compose(ports -> proxy.process().join())))
        .hasMessage("cluster.host: 192.0.2.1 (expected: an address of this machine)");
  }
}
