package dev.rollcall.proxy;

import static dev.rollcall.proxy.OwnProxy.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusPortIT {

  private final OwnProxy proxy = OwnProxy.open();

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  /** On Linux every 127.… is this machine, but bound are the addresses that were asked for. */
  @Test
  void isOpenToThisMachineAlone() throws Exception {
    int bus = freePort();
    Map<String, String> everywhere =
        Map.of(
            "ROLLCALL_CLUSTER_HOST", "0.0.0.0", "ROLLCALL_CLUSTER_BUS_PORT", String.valueOf(bus));
    await(proxy.start(everywhere).listen().compose(ports -> proxy.process().join()));

    try (Socket own = new Socket("127.0.0.1", bus)) {
      assertThatThrownBy(() -> new Socket("127.0.0.2", bus).close())
          .as("from outside")
          .isInstanceOf(IOException.class);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
