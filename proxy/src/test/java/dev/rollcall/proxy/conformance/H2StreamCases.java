package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.H2Steps.await;
import static dev.rollcall.proxy.conformance.H2Steps.cancel;
import static dev.rollcall.proxy.conformance.H2Steps.data;
import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.post;
import static dev.rollcall.proxy.conformance.H2Steps.readAll;
import static dev.rollcall.proxy.conformance.H2Steps.readGoAway;
import static dev.rollcall.proxy.conformance.H2Steps.readReset;
import static dev.rollcall.proxy.conformance.H2Steps.signal;
import static dev.rollcall.proxy.conformance.H2Steps.trailers;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requestsAtMost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * HTTP/2 frames on streams that are over, or never may begin (RFC 9113 §5.1, §5.1.1), and what
 * resets of streams mean for the connection (§5.4, §10.5).
 */
final class H2StreamCases {

  private static final String STATES = "RFC 9113 §5.1";
  private static final long PROTOCOL_ERROR = 1;
  private static final long STREAM_CLOSED = 5;
  private static final long REFUSED_STREAM = 7;

  private H2StreamCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    ended(rows);
    goodbye(rows);
    resetByUs(rows);
    resets(rows);
    return rows;
  }

  private static void ended(List<Case> rows) {
    rows.add(
        Case.h2(
                "header-on-a-stream-that-the-client-ended",
                STATES + " half-closed (remote)",
                get(1, "/"),
                await("came"),
                get(1, "/"),
                readReset(1, STREAM_CLOSED))
            .exchange(readMessage(), Steps.signal("came"), awaitEnd())
            .expect(requests(1)));
    rows.add(
        Case.h2(
                "header-on-a-stream-that-is-over",
                STATES + " closed",
                get(1, "/"),
                readAll(1),
                get(1, "/again"),
                readGoAway(STREAM_CLOSED))
            .expect(closed(), requests(1)));
    rows.add(
        Case.h2(
                "data-on-a-stream-that-is-over",
                STATES + " closed",
                post(1, "/"),
                data(1, true, "x"),
                readAll(1),
                data(1, true, "y"),
                readGoAway(STREAM_CLOSED))
            .expect(closed(), requests(1)));
    rows.add(
        Case.h2(
                "header-after-a-cancel",
                STATES + " closed",
                get(1, "/"),
                await("came"),
                cancel(1),
                get(1, "/again"),
                readReset(1, STREAM_CLOSED),
                get(3, "/"),
                readAll(3))
            .exchange(readMessage(), Steps.signal("came"), awaitEnd())
            .exchange(answerSeen())
            .expect(Checks.status(200), requests(2)));
    rows.add(
        Case.h2(
                "stream-older-than-others",
                "RFC 9113 §5.1.1",
                get(5, "/"),
                readAll(5),
                get(3, "/older"),
                readGoAway(PROTOCOL_ERROR))
            .expect(closed(), requests(1)));
    rows.add(
        Case.h2(
                "stream-of-the-other-side",
                "RFC 9113 §5.1.1",
                get(1, "/"),
                readAll(1),
                get(2, "/even"),
                readGoAway(PROTOCOL_ERROR))
            .expect(closed(), requests(1)));
  }

  /** What was on its way when we reset a stream is no fault of the client. */
  /** What is still on its way must not make a reset of the close: that can destroy the goodbye. */
  private static void goodbye(List<Case> rows) {
    byte[] dataOnNoStream = new H2Frame(H2Frame.DATA, 0, 0, new byte[1]).bytes();
    byte[] andMore = Arrays.copyOf(dataOnNoStream, 4 << 20);
    rows.add(
        Case.h2(
                "goodbye-reaches-who-is-still-sending",
                "RFC 9113 §5.4.1, §6.8",
                get(1, "/"),
                await("came"),
                talk -> talk.send(andMore),
                await("given up"),
                readGoAway(PROTOCOL_ERROR))
            .exchange(readMessage(), Steps.signal("came"), awaitEnd(), Steps.signal("given up"))
            .expect(closed(), requests(1)));
  }

  private static void resetByUs(List<Case> rows) {
    List<H2Step> late = new ArrayList<>();
    late.add(H2Steps.headers(1, false, H2Steps.request("POST", "/", "Upper", "case")));
    for (int i = 0; i < 300; i++) {
      late.add(data(1, false, "x"));
    }
    late.add(talk -> talk.send(H2Frame.windowUpdate(1, 1)));
    late.add(trailers(1, "x-sum", "1"));
    late.add(cancel(1));
    late.add(readReset(1, PROTOCOL_ERROR));
    late.add(get(3, "/"));
    late.add(readAll(3));
    rows.add(
        Case.h2("late-frames-of-a-malformed-request", STATES, late.toArray(H2Step[]::new))
            .expect(Checks.status(200), requests(1)));
    List<H2Step> crowd = new ArrayList<>();
    for (int i = 0; i < 129; i++) {
      crowd.add(post(1 + 2 * i, "/" + i));
    }
    crowd.add(data(257, false, "refused"));
    crowd.add(trailers(257, "x-sum", "1"));
    crowd.add(readReset(257, REFUSED_STREAM));
    for (int i = 0; i < 128; i++) {
      crowd.add(cancel(1 + 2 * i));
    }
    crowd.add(data(257, true, "still"));
    crowd.add(cancel(257));
    crowd.add(get(259, "/"));
    crowd.add(readAll(259));
    crowd.add(H2Steps.close());
    rows.add(
        Case.h2("late-frames-of-a-refused-stream", STATES + ".2", crowd.toArray(H2Step[]::new))
            .expect(Checks.status(200), requestsAtMost(129)));
  }

  private static void resets(List<Case> rows) {
    List<H2Step> asked = new ArrayList<>();
    Case broken = Case.h2("", "");
    for (int i = 0; i < 250; i++) {
      asked.add(get(1 + 2 * i, "/" + i));
      asked.add(H2Steps.readBody(1 + 2 * i, 1));
      asked.add(signal("part " + i));
      asked.add(readAll(1 + 2 * i));
      broken =
          broken.exchange(
              readMessage(),
              send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"),
              Steps.await("part " + i),
              Steps.close());
    }
    asked.add(get(501, "/last"));
    asked.add(readAll(501));
    Case upstreams =
        Case.h2(
                "broken-answers-are-not-held-against-the-client",
                "RFC 9113 §5.4.2",
                asked.toArray(H2Step[]::new))
            .answers(251);
    for (List<Step> exchange : broken.exchanges()) {
      upstreams = upstreams.exchange(exchange.toArray(Step[]::new));
    }
    rows.add(
        upstreams
            .exchange(answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast"))
            .expect(
                seen ->
                    seen.client().answers().size() == 251
                            && seen.client().answers().get(250).body.text().equals("last")
                        ? null
                        : "only " + seen.client().answers().size() + " answers"));
    List<H2Step> provoked = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int stream = 1 + 2 * i;
      provoked.add(get(stream, "/" + i));
      provoked.add(talk -> talk.send(H2Frame.windowUpdate(stream, 0)));
    }
    provoked.add(readAll(1));
    provoked.add(
        talk -> {
          while (true) {
            talk.readFrame();
          }
        });
    rows.add(
        Case.h2(
                "flood-of-resets-that-the-client-provokes",
                "RFC 9113 §10.5, CVE-2025-8671",
                provoked.toArray(H2Step[]::new))
            .answers(300)
            .exchange(readMessage(), awaitEnd())
            .expect(closed(), requestsAtMost(300)));
  }
}
