package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Steps.readMessage;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;

/**
 * Readers that are slow, and not dead: they take something every so often, and all of it takes
 * longer than {@code timeout.idle}. Nobody cuts them off.
 */
final class SlowReaderCases {

  private static final String RULE = "contract: timeout.idle, RFC 9112 §8";
  private static final String HUGE = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";
  private static final String IDLE = "4s";

  /** So many portions, with a rest after each, take longer than that. */
  private static final int PORTIONS = 12;

  private static final int REST_MILLIS = 450;

  /** The kernel tells a sender of room only when a good part of its buffer is free. */
  private static final int PORTION = 4 << 20;

  private SlowReaderCases() {}

  static List<Case> all() {
    return List.of(http1(), http2(), window());
  }

  private static Case http1() {
    return served(
        Case.of(
            "back-pressure/reader-that-is-slow-is-left-alone",
            RULE,
            Case.client(
                "GET",
                Steps.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                Steps.readHead(),
                talk -> takeSlowly(talk.socket, talk.signals),
                Steps.close())));
  }

  private static Case http2() {
    return served(
        Case.h2(
            "reader-that-is-slow-is-left-alone",
            RULE,
            H2Steps.get(1, "/"),
            H2Steps.readHead(1),
            talk -> takeSlowly(talk.socket, talk.signals),
            H2Steps.close()));
  }

  /** The same by HTTP/2's own windows: the socket takes whatever comes. */
  private static Case window() {
    return served(
            Case.of(
                "h2/reader-that-is-slow-is-left-alone-window",
                RULE + ", RFC 9113 §5.2",
                new H2Client(
                    0,
                    List.of(
                        H2Steps.get(1, "/"),
                        H2Steps.readHead(1),
                        SlowReaderCases::giveSlowly,
                        H2Steps.close()))))
        .with("http.h2c", "true");
  }

  private static Case served(Case row) {
    return row.with("timeout.idle", IDLE)
        .exchange(readMessage(), Steps.send(HUGE), SlowReaderCases::sendWhileTaken)
        .expect(UpstreamChecks.requests(1));
  }

  /** Ends when the client has gone, and the proxy with it. */
  private static void sendWhileTaken(Talk talk) {
    byte[] block = new byte[1 << 16];
    try {
      while (true) {
        talk.send(block);
      }
    } catch (IOException gone) {
      // As it should.
    }
  }

  private static void takeSlowly(Socket socket, Signals signals)
      throws IOException, InterruptedException {
    InputStream in = socket.getInputStream();
    for (int portion = 0; portion < PORTIONS; portion++) {
      int took = in.readNBytes(PORTION).length;
      if (took < PORTION) {
        throw new CaseFailure("cut off in portion " + portion);
      }
      signals.pause(REST_MILLIS);
    }
  }

  private static void giveSlowly(H2Talk talk) throws Exception {
    for (int portion = 1; portion <= PORTIONS; portion++) {
      talk.send(H2Frame.windowUpdate(1, 100));
      H2Steps.readBody(1, 100L * portion).run(talk);
      if (talk.stream(1).ended() || talk.goneAway()) {
        throw new CaseFailure("cut off in portion " + portion);
      }
      talk.signals.pause(REST_MILLIS);
    }
  }
}
