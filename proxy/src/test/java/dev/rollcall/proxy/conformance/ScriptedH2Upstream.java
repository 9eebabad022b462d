package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP/2 upstream with prior knowledge. Each stream that begins takes the next script of the
 * case, one after the other; frames of other streams are taken while a script waits.
 */
final class ScriptedH2Upstream extends ListeningUpstream {

  private final Exchanges exchanges;
  private final Signals signals;
  private final List<H2Talk> talks = new CopyOnWriteArrayList<>();

  ScriptedH2Upstream(Exchanges exchanges, Signals signals) throws IOException {
    this.exchanges = exchanges;
    this.signals = signals;
  }

  @Override
  void serve(Socket socket) throws Exception {
    H2Talk talk = H2Talk.upstream(socket, signals);
    talks.add(talk);
    List<H2Stream> served = new ArrayList<>();
    while (!socket.isClosed()) {
      talk.in.idle();
      talk.readFrame();
      talk.in.patient();
      for (H2Stream stream : List.copyOf(talk.streams().values())) {
        if (stream.message() != null && !served.contains(stream) && !socket.isClosed()) {
          served.add(stream);
          exchanges.arrivals().add(stream.message());
          for (H2Reply step : exchanges.nextReply()) {
            step.run(talk, stream.number);
          }
        }
      }
    }
  }

  @Override
  List<UpstreamView> views() {
    return talks.stream().map(ScriptedH2Upstream::view).toList();
  }

  private static UpstreamView view(H2Talk talk) {
    List<Message> requests =
        talk.streams().values().stream().map(H2Stream::message).filter(Objects::nonNull).toList();
    String bytes = requests.isEmpty() ? "" : requests.toString();
    return new UpstreamView(requests, bytes, talk.violations(), List.of());
  }
}
