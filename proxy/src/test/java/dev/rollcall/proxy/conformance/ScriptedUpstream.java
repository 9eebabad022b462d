package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP/1.1 upstream that does what the case's script says and remembers all that it received.
 * Each request that arrives takes the next exchange script of the case, on whichever connection and
 * upstream it arrives; the last script serves all further ones.
 */
final class ScriptedUpstream extends ListeningUpstream {

  private final Exchanges exchanges;
  private final Signals signals;
  private final List<UpstreamTalk> talks = new CopyOnWriteArrayList<>();

  ScriptedUpstream(Exchanges exchanges, Signals signals) throws IOException {
    this.exchanges = exchanges;
    this.signals = signals;
  }

  @Override
  void serve(Socket socket) throws Exception {
    UpstreamTalk talk = new UpstreamTalk(socket, signals, exchanges.arrivals());
    talks.add(talk);
    try {
      while (!socket.isClosed()) {
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
    } catch (Malformed e) {
      // The rest is taken for the record; whoever sent it gets no answer.
      socket.shutdownOutput();
      talk.in.readToEnd();
    }
  }

  @Override
  List<UpstreamView> views() {
    return talks.stream()
        .map(
            talk ->
                new UpstreamView(
                    talk.reader.messages(),
                    Bytes.text(talk.in.recorded()),
                    talk.reader.violations(),
                    List.of()))
        .toList();
  }
}
