package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.interims;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readInterim;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.connections;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;

import java.util.ArrayList;
import java.util.List;

/** Interim responses (RFC 9110 §15.2, §10.1.1) and answers that come before the body has. */
final class InterimCases {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String EXPECTING =
      "POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";

  private InterimCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    expectation(rows);
    others(rows);
    switching(rows);
    return rows;
  }

  private static void expectation(List<Case> rows) {
    String rule = "RFC 9110 §10.1.1";
    rows.add(
        Case.of(
                "interim/100-relayed",
                rule,
                Case.client("POST", send(EXPECTING), readInterim(), send("hello")))
            .exchange(readHead(), send("HTTP/1.1 100 Continue\r\n\r\n"), readMessage(), send(OK))
            .expect(
                status(200),
                interims(100),
                gets("Expect", "100-continue"),
                requests(1),
                getsBody("hello")));
    rows.add(
        Case.of(
                "interim/100-not-invented",
                rule,
                Case.client("POST", send(EXPECTING), readMessage()))
            .exchange(
                readHead(), send("HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno"), awaitEnd())
            .expect(status(401), interims(), body("no"), noneComplete()));
    rows.add(
        Case.of("interim/client-does-not-wait-for-100", rule, EXPECTING + "hello")
            .exchange(readMessage(), send(OK))
            .expect(status(200), requests(1), getsBody("hello")));
    rows.add(
        Case.of(
                "interim/chunked-body-after-100",
                rule,
                Case.client(
                    "POST",
                    send(
                        "POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"),
                    readInterim(),
                    send("5\r\nhello\r\n0\r\n\r\n")))
            .exchange(readHead(), send("HTTP/1.1 100 Continue\r\n\r\n"), readMessage(), send(OK))
            .expect(status(200), interims(100), requests(1), getsBody("hello")));
    rows.add(
        Case.of(
                "interim/100-in-any-case",
                rule,
                Case.client(
                    "POST",
                    send(EXPECTING.replace("100-c", "100-C")),
                    readInterim(),
                    send("hello")))
            .exchange(readHead(), send("HTTP/1.1 100 Continue\r\n\r\n"), readMessage(), send(OK))
            .expect(status(200), interims(100), requests(1), getsBody("hello")));
    rows.add(
        Case.of(
                "interim/expectation-of-http-1.0-is-ignored",
                rule,
                EXPECTING.replace("HTTP/1.1", "HTTP/1.0") + "hello")
            .exchange(readMessage(), send("HTTP/1.1 100 Continue\r\n\r\n"), send(OK))
            .expect(status(200), interims(), closed(), requests(1), getsBody("hello")));
    rows.add(
        Case.of("interim/100-unasked-for", "RFC 9110 §15.2.1", GET + SECOND)
            .answers(2)
            .exchange(answer("HTTP/1.1 100 Continue\r\n\r\n" + OK))
            .exchange(answerSeen())
            .expect(statuses(200, 200), body("ok"), targets("/", "/second")));
    rows.add(
        Case.of(
                "interim/final-then-late-100-stays-away",
                "RFC 9110 §15.2",
                Case.client("GET", send(GET), readMessage(), send(SECOND)))
            .answers(2)
            .exchange(answer(OK + "HTTP/1.1 100 Continue\r\n\r\n"), close())
            .exchange(answerSeen())
            .expect(statuses(200, 200), body("ok"), targets("/", "/second")));
  }

  private static void others(List<Case> rows) {
    rows.add(
        Case.of(
                "interim/103-passed-on",
                "RFC 8297 §2, 9110 §15.2",
                Case.client("GET", send(GET), readInterim(), signal("hints came")))
            .exchange(
                readMessage(),
                send(
                    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLink: </b.js>\r\n\r\n"),
                await("hints came"),
                send(OK))
            .expect(
                status(200),
                interims(103),
                body("ok"),
                Checks.answer(
                    a ->
                        a.interims
                            .get(0)
                            .all("Link")
                            .equals(List.of("</a.css>; rel=preload", "</b.js>")),
                    "its fields are not passed")));
    rows.add(
        Case.of("interim/103-hides-the-upstream", "contract: one URL", GET)
            .exchange(
                answer(
                    "HTTP/1.1 103 Early Hints\r\nServer: evil\r\nRollcall-X: evil\r\nKeep-Alive: evil\r\nLink: </a.css>\r\n\r\n"
                        + OK))
            .expect(status(200), interims(103), never("evil")));
    rows.add(
        Case.of("interim/103-twice", "RFC 8297 §2", GET)
            .exchange(
                answer(
                    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </b>\r\n\r\n"
                        + OK))
            .expect(status(200), interims(103, 103), body("ok")));
    rows.add(
        Case.of(
                "interim/103-not-to-http-1.0",
                "RFC 9110 §15.2",
                "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n")
            .exchange(answer("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK))
            .expect(status(200), interims(), body("ok"), closed()));
    for (int code : new int[] {102, 104, 150, 199}) {
      rows.add(
          Case.of("interim/" + code + "-is-not-final", "RFC 9110 §15.2", GET + SECOND)
              .answers(2)
              .exchange(answer("HTTP/1.1 " + code + " Whatever\r\n\r\n" + OK))
              .exchange(answerSeen())
              .expect(statuses(200, 200), body("ok"), targets("/", "/second")));
    }
    rows.add(
        Case.of("interim/many-before-the-final", "RFC 9110 §15.2", GET)
            .exchange(answer("HTTP/1.1 102 Processing\r\n\r\n".repeat(50) + OK))
            .expect(status(200), body("ok")));
    rows.add(
        Case.of(
                "interim/then-nothing",
                "RFC 9110 §15.6.3",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n")
            .exchange(answer("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), close())
            .expect(status(502), requests(1)));
    rows.add(
        Case.of("interim/with-framing-fields", "RFC 9112 §6.1, 9110 §8.6", GET)
            .exchange(
                answer("HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\nLink: </a>\r\n\r\n" + OK))
            .expect(status(200), body("ok"))
            .expect(status(502), never("ok")));
  }

  private static void switching(List<Case> rows) {
    String switched =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    rows.add(
        Case.of("interim/101-unasked-for", "RFC 9110 §15.2.2, issue 3", GET)
            .exchange(answer(switched), awaitEnd())
            .exchange(answerSeen())
            .expect(status(502), never("101 "), connections(1)));
    rows.add(
        Case.of(
                "interim/101-unasked-for-poisons-nobody",
                "RFC 9110 §15.2.2, issue 3",
                Case.client("GET", send(GET), readMessage(), send(SECOND)))
            .answers(2)
            .exchange(answer(switched + OK), awaitEnd())
            .exchange(answerSeen())
            .expect(statuses(502, 200), never("ok"), connections(2)));
  }
}
