package dev.rollcall.discovery.hazelcast;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A wire that can be cut: passes bytes between whoever connects and one port, until told not to.
 */
final class Relay implements AutoCloseable {

  private final int port;
  private final int to;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listening;
  private volatile CountDownLatch passing = new CountDownLatch(0);

  Relay(int port, int to) throws IOException {
    this.port = port;
    this.to = to;
    join();
  }

  int port() {
    return port;
  }

  /** Takes connections (again). */
  void join() throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listening = socket;
    thread(() -> accept(socket));
  }

  /** Ends all connections, as a firewall with reset does; refuses new ones. */
  void cut() throws IOException {
    listening.close();
    for (Socket socket : open) {
      reset(socket);
    }
    open.clear();
  }

  /** Passes nothing on, ends nothing, as a dead wire does. */
  void silence() {
    passing = new CountDownLatch(1);
  }

  /** Passes on what was held up, and all else. */
  void speak() {
    passing.countDown();
  }

  @Override
  public void close() throws IOException {
    speak();
    cut();
  }

  private void accept(ServerSocket from) {
    while (true) {
      try {
        Socket near = from.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        open.add(near);
        open.add(far);
        thread(() -> pass(near, far));
        thread(() -> pass(far, near));
      } catch (IOException cutOrRefused) {
        if (from.isClosed()) {
          return;
        }
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[16384];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        passing.await();
        out.write(bytes, 0, read);
      }
    } catch (IOException | InterruptedException ended) {
      // The other direction ends with it.
    }
    open.remove(from);
    open.remove(to);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException closedAlready) {
      // The other half of its pair was quicker.
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
