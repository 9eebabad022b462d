package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * An HTTP/1.1 client that sends the very bytes of its script, then reads what answers are still to
 * come, says that it is done (a half-close) and reads whatever else the proxy sends.
 */
record RawClient(List<String> methods, List<Step> steps) implements ClientScript {

  /** How long a proxy may take to close by itself, or after the client did. */
  private static final int FAREWELL_MILLIS = 2000;

  @Override
  public ClientView run(int port, Signals signals, int expected, IntPredicate awaitsClose)
      throws Exception {
    List<String> failures = new ArrayList<>();
    try (ClientTalk talk = connect(port, signals, methods)) {
      try {
        try {
          for (Step step : steps) {
            step.run(talk);
          }
        } catch (IOException e) {
          // The proxy closed before the script was through; what it sent until then is judged.
        }
        if (!talk.socket.isClosed()) {
          readAnswers(talk, expected, awaitsClose);
        }
      } catch (CaseFailure e) {
        failures.add("client: " + e.getMessage());
      } catch (IOException e) {
        // Ended or malformed: in the record.
      }
      End end = talk.in.end();
      finish(talk);
      return new ClientView(
          talk.answers(),
          talk.interims(),
          end,
          Bytes.text(talk.in.recorded()),
          talk.reader.violations(),
          failures);
    }
  }

  static ClientTalk connect(int port, Signals signals, List<String> methods) throws IOException {
    Socket socket =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).socket();
    return new ClientTalk(socket, signals, methods);
  }

  private static void readAnswers(ClientTalk talk, int expected, IntPredicate awaitsClose)
      throws IOException {
    List<Message> answers = talk.answers();
    if (!answers.isEmpty()) {
      Message last = answers.get(answers.size() - 1);
      talk.reader.readBody(last);
      if (last.status() == 101) {
        return;
      }
    }
    while (answers.size() < expected && talk.nextHead() != null) {
      talk.reader.readBody(answers.get(answers.size() - 1));
    }
    if (answers.isEmpty()) {
      return;
    }
    Message last = answers.get(answers.size() - 1);
    if (awaitsClose.test(last.status()) || last.announcesClose()) {
      awaitFarewell(talk);
    }
  }

  /** Whatever comes unasked is read as further answers: a smuggled request would have one. */
  private static void finish(ClientTalk talk) {
    if (talk.socket.isClosed()) {
      return;
    }
    try {
      talk.socket.shutdownOutput();
      talk.socket.setSoTimeout(FAREWELL_MILLIS);
      List<Message> answers = talk.answers();
      if (!answers.isEmpty() && answers.get(answers.size() - 1).status() == 101) {
        talk.in.readToEnd();
        return;
      }
      while (talk.nextHead() != null) {
        talk.reader.readBody(answers.get(answers.size() - 1));
      }
    } catch (IOException | CaseFailure e) {
      // Nothing more came, or it was malformed, which is in the record.
    }
  }

  private static void awaitFarewell(ClientTalk talk) throws IOException {
    talk.socket.setSoTimeout(FAREWELL_MILLIS);
    try {
      if (talk.in.peek() >= 0) {
        talk.nextHead();
      }
    } catch (CaseFailure e) {
      // It stays open: the verdict says whether that is wrong.
    }
  }
}
