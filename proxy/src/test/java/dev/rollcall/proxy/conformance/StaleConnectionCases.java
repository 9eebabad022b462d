package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.reset;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** Connections that die between two requests (RFC 9112 §9.3.1). */
final class StaleConnectionCases {

  private static final String SAFE = "RFC 9110 §9.2.2, issue 3";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String POST =
      "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello";

  private StaleConnectionCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    reusedConnection(rows);
    return rows;
  }

  private static void reusedConnection(List<Case> rows) {
    ClientScript twice = Case.client("GET", send(GET), readMessage(), send(GET));
    rows.add(
        Case.of("stale/closed-while-idle", "RFC 9112 §9.3.1", twice)
            .answers(2)
            .exchange(answer(OK), close())
            .exchange(answerSeen())
            .expect(statuses(200, 200), requests(2)));
    rows.add(
        Case.of("stale/reset-while-idle", "RFC 9112 §9.3.1", twice)
            .answers(2)
            .exchange(answer(OK), reset())
            .exchange(answerSeen())
            .expect(statuses(200, 200), requests(2)));
    rows.add(
        Case.of("stale/dies-at-the-second-request", "RFC 9112 §9.3.1, issue 3", twice)
            .answers(2)
            .exchange(answer(OK))
            .exchange(readMessage(), close())
            .exchange(answerSeen())
            .expect(statuses(200, 200), requests(3)));
    rows.add(
        Case.of(
                "stale/POST-read-by-a-dying-connection",
                SAFE,
                Case.client("GET", send(GET), readMessage(), send(POST)))
            .answers(2)
            .exchange(answer(OK))
            .exchange(readMessage(), close())
            .exchange(answerSeen())
            .expect(statuses(200, 502), requests(2)));
    rows.add(
        Case.of(
                "stale/POST-after-idle-close",
                "RFC 9112 §9.3.1",
                Case.client("GET", send(GET), readMessage(), await("closed"), send(POST)))
            .answers(2)
            .exchange(answer(OK), close(), signal("closed"))
            .exchange(answerSeen())
            .expect(statuses(200, 200), requests(2)));
    rows.add(
        Case.of(
                "stale/many-in-turn",
                "RFC 9112 §9.3.1",
                Case.client("GET", Steps.times(20, send(GET), readMessage())))
            .answers(20)
            .exchange(answer(OK), close())
            .expect(
                seen ->
                    seen.client().answers().stream().filter(a -> a.status() == 200).count() == 20
                        ? null
                        : "not 20 answers of 200"));
  }
}
