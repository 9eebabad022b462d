package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts connections, serves each on a thread of its own, and knows when all of them are over. */
abstract class ListeningUpstream implements Reachable {

  private final ServerSocket listening;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private volatile int sentinel = -1;

  ListeningUpstream() throws IOException {
    listening = ServerSocketChannel.open().socket();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    start(this::acceptAll, "upstream-" + listening.getLocalPort());
  }

  /** Serves one connection to its end; IOExceptions are ends like others. */
  abstract void serve(Socket socket) throws Exception;

  /** What each connection brought. */
  abstract List<UpstreamView> views();

  @Override
  public final int port() {
    return listening.getLocalPort();
  }

  /**
   * Call when the proxy is stopped: takes what connections are still in the queue, waits until
   * every one has been read to its end, and tells what was received.
   */
  @Override
  public final List<UpstreamView> finish() throws Exception {
    try (Socket last = new Socket()) {
      last.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      sentinel = last.getLocalPort();
      last.connect(listening.getLocalSocketAddress());
      threads.get(0).join(Patience.millis());
    }
    for (Thread thread : threads) {
      thread.join(Patience.millis());
    }
    for (Socket socket : sockets) {
      if (!socket.isClosed()) {
        failures.add("upstream: the stopped proxy left a connection open");
        socket.close();
      }
    }
    List<UpstreamView> views = new ArrayList<>(views());
    views.add(new UpstreamView(List.of(), "", List.of(), List.copyOf(failures)));
    return views;
  }

  private void acceptAll() {
    try (listening) {
      while (true) {
        Socket socket = listening.accept();
        if (socket.getPort() == sentinel) {
          socket.close();
          return;
        }
        sockets.add(socket);
        start(() -> serveToTheEnd(socket), "upstream-connection-" + socket.getPort());
      }
    } catch (IOException e) {
      failures.add("upstream: " + e);
    }
  }

  private void serveToTheEnd(Socket socket) {
    try (socket) {
      serve(socket);
    } catch (CaseFailure e) {
      failures.add("upstream: " + e.getMessage());
    } catch (IOException e) {
      // The proxy went away in the midst of a message: in the record.
    } catch (Exception e) {
      failures.add("upstream: " + e);
    }
  }

  private void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }
}
