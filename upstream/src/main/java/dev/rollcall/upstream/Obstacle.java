package dev.rollcall.upstream;

import dev.rollcall.discovery.Endpoint;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;

/** What keeps us from a proxy, as far as a plain connection to its place can tell; for people. */
final class Obstacle {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Obstacle() {}

  /** The place, and what was found there; never fails. */
  static Future<String> at(Endpoint proxy, Vertx vertx) {
    NetClient client =
        vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) PATIENCE.toMillis()));
    return client
        .connect(proxy.port(), proxy.host())
        .compose(NetSocket::close)
        .map("somebody answers there, expected: the same cluster.name and secret")
        .recover(why -> Future.succeededFuture(inWords(why)))
        .eventually(client::close)
        .map(found -> proxy + " (" + found + ")");
  }

  static String inWords(Throwable why) {
    if (why instanceof UnknownHostException) {
      return "no such name";
    }
    if (why instanceof ConnectTimeoutException) {
      return "no answer";
    }
    return why instanceof ConnectException
        ? "connection refused"
        : String.valueOf(why.getMessage());
  }
}
