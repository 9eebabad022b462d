package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * An HTTP/2 client with prior knowledge: takes its steps, then reads until every stream that it
 * opened has ended.
 *
 * @param window what a stream may send before the client reads on; it never gives more
 */
record H2Client(int window, List<H2Step> steps) implements ClientScript {

  static final int GENEROUS = 1 << 28;

  static H2Client of(H2Step... steps) {
    return new H2Client(GENEROUS, List.of(steps));
  }

  @Override
  public ClientView run(int port, Signals signals, int expected, IntPredicate awaitsClose)
      throws Exception {
    List<String> failures = new ArrayList<>();
    Socket socket =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).socket();
    try (H2Talk talk = H2Talk.client(socket, signals, window)) {
      try {
        for (H2Step step : steps) {
          step.run(talk);
        }
        while (!socket.isClosed() && !talk.streams().values().stream().allMatch(H2Stream::ended)) {
          talk.readFrame();
        }
      } catch (CaseFailure e) {
        failures.add("client: " + e.getMessage());
      } catch (IOException e) {
        // The connection ended, or malformed frames came: both are in the record.
      }
      List<Message> messages =
          talk.streams().values().stream().map(H2Stream::message).filter(Objects::nonNull).toList();
      String resets =
          talk.streams().values().stream()
              .filter(a -> a.resetCode() >= 0)
              .map(a -> "[stream " + a.number + " reset " + a.resetCode() + "]")
              .toList()
              .toString();
      End end = talk.goneAway() && talk.in.end() == End.OPEN ? End.CLOSED : talk.in.end();
      return new ClientView(
          messages,
          List.of(),
          end,
          resets + (talk.goneAway() ? " GOAWAY" : "") + " " + messages,
          talk.violations(),
          failures);
    }
  }
}
