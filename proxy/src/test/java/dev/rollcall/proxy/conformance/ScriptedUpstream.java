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

/**
 * An HTTP/1.1 upstream that does what the case's script says and remembers all that it received.
 * Each request that arrives takes the next exchange script of the case, on whichever connection and
 * upstream it arrives; the last script serves all further ones.
 */
final class ScriptedUpstream implements Reachable {

  private final ServerSocket listening;
  private final Exchanges exchanges;
  private final Signals signals;
  private final List<UpstreamTalk> talks = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private volatile int sentinel = -1;

  ScriptedUpstream(Exchanges exchanges, Signals signals) throws IOException {
    this.exchanges = exchanges;
    this.signals = signals;
    listening = ServerSocketChannel.open().socket();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    start(this::acceptAll, "upstream-" + listening.getLocalPort());
  }

  @Override
  public int port() {
    return listening.getLocalPort();
  }

  /**
   * Call when the proxy is stopped: takes what connections are still in the queue, waits until
   * every one has been read to its end, and tells what was received.
   */
  @Override
  public List<UpstreamView> finish() throws Exception {
    try (Socket last = new Socket()) {
      last.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      sentinel = last.getLocalPort();
      last.connect(listening.getLocalSocketAddress());
      threads.get(0).join(Patience.millis());
    }
    List<UpstreamView> views = new ArrayList<>();
    for (Thread thread : threads) {
      thread.join(Patience.millis());
    }
    for (UpstreamTalk talk : talks) {
      if (!talk.socket.isClosed()) {
        failures.add("upstream: the stopped proxy left a connection open");
        talk.close();
      }
      views.add(
          new UpstreamView(
              talk.reader.messages(),
              Bytes.text(talk.in.recorded()),
              talk.reader.violations(),
              List.of()));
    }
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
        UpstreamTalk talk = new UpstreamTalk(socket, signals, exchanges.arrivals());
        talks.add(talk);
        start(() -> serve(talk), "upstream-connection-" + socket.getPort());
      }
    } catch (IOException e) {
      failures.add("upstream: " + e);
    }
  }

  private void serve(UpstreamTalk talk) {
    try (talk) {
      while (!talk.socket.isClosed()) {
        talk.in.idle();
        if (talk.in.peek() < 0) {
          return;
        }
        talk.in.patient();
        talk.forgetCurrent();
        for (Step step : exchanges.next()) {
          step.run(talk);
        }
      }
    } catch (CaseFailure e) {
      failures.add("upstream: " + e.getMessage());
    } catch (Malformed e) {
      drain(talk);
    } catch (IOException e) {
      // The proxy went away in the midst of a message: in the record.
    } catch (Exception e) {
      failures.add("upstream: " + e);
    }
  }

  /** Takes the rest for the record; whoever sent it gets no answer. */
  private static void drain(UpstreamTalk talk) {
    try {
      talk.socket.shutdownOutput();
      talk.in.readToEnd();
    } catch (IOException | CaseFailure e) {
      // The record has what came.
    }
  }

  private void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }
}
