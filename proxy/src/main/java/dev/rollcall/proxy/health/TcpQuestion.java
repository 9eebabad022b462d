package dev.rollcall.proxy.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Does somebody accept a connection there? */
final class TcpQuestion {

  private final NetClient client;

  TcpQuestion(Vertx vertx) {
    client = vertx.createNetClient();
  }

  Future<ProbeResult> ask(InetAddress address, int port, Duration timeout) {
    long start = System.nanoTime();
    SocketAddress place = SocketAddress.inetSocketAddress(new InetSocketAddress(address, port));
    return client
        .connect(
            new ConnectOptions()
                .setRemoteAddress(place)
                .setTimeout(Math.toIntExact(timeout.toMillis())))
        .map(
            socket -> {
              socket.close();
              return new ProbeResult(
                  Witness.ANSWERED,
                  "accepted a connection in " + People.millis(System.nanoTime() - start));
            });
  }
}
