package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Something the proxy is told is an upstream. */
interface Reachable {

  int port();

  /** What it received, once the proxy is stopped. */
  List<UpstreamView> finish() throws Exception;

  /** How an upstream can be reached. */
  enum Kind {
    /** Serves the case's exchanges. */
    SERVING,
    /** Serves the case's replies in HTTP/2 with prior knowledge. */
    SERVING_H2C,
    /** Nobody listens: connections are refused. */
    REFUSING,
    /** Never accepts: connections hang. */
    HANGING
  }

  static Reachable open(Kind kind, Exchanges exchanges, Signals signals) throws IOException {
    return switch (kind) {
      case SERVING -> new ScriptedUpstream(exchanges, signals);
      case SERVING_H2C -> new ScriptedH2Upstream(exchanges, signals);
      case REFUSING -> refusing();
      case HANGING -> hanging();
    };
  }

  private static Reachable refusing() throws IOException {
    // Bound but not listening: the port stays ours and every connection is refused.
    Socket bound = new Socket();
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new Absent(bound.getLocalPort(), List.of(bound));
  }

  private static Reachable hanging() throws IOException {
    // The queue of a listener that never accepts is full after a few: further SYNs are dropped.
    ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    List<AutoCloseable> held = new ArrayList<>(List.of(deaf));
    for (int i = 0; i < 2; i++) {
      held.add(new Socket(InetAddress.getLoopbackAddress(), deaf.getLocalPort()));
    }
    return new Absent(deaf.getLocalPort(), held);
  }

  /** Nobody who could receive anything. */
  record Absent(int port, List<? extends AutoCloseable> held) implements Reachable {

    @Override
    public List<UpstreamView> finish() throws Exception {
      for (AutoCloseable closeable : held) {
        closeable.close();
      }
      return List.of();
    }
  }
}
