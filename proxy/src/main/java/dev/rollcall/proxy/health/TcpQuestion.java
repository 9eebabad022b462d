package dev.rollcall.proxy.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;

/** Does somebody accept a connection there? */
final class TcpQuestion {

  private static final int LONGEST = 60_000;

  private final NetClient client;

  TcpQuestion(Vertx vertx) {
    client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(LONGEST));
  }

  Future<ProbeResult> ask(InetAddress address, int port, Duration timeout) {
    long start = System.nanoTime();
    return client
        .connect(SocketAddress.inetSocketAddress(new java.net.InetSocketAddress(address, port)))
        .map(
            socket -> {
              socket.close();
              return new ProbeResult(
                  Witness.ANSWERED,
                  "accepted a connection in " + People.millis(System.nanoTime() - start));
            });
  }
}
