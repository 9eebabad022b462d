package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Reachable.Kind.HANGING;
import static dev.rollcall.proxy.conformance.Reachable.Kind.REFUSING;
import static dev.rollcall.proxy.conformance.Reachable.Kind.SERVING;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.reset;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requestsAtMost;

import java.util.ArrayList;
import java.util.List;

/** When a request may be tried again, and when never (RFC 9110 §9.2.2, DESIGN's retry safety). */
final class RetryCases {

  private static final String SAFE = "RFC 9110 §9.2.2, issue 3";

  private RetryCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    neverConnected(rows);
    readAndDied(rows);
    bounds(rows);
    notProcessed(rows);
    return rows;
  }

  static String request(String method, String body) {
    return method
        + " / HTTP/1.1\r\nHost: a.test\r\n"
        + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
        + "\r\n"
        + body;
  }

  private static void neverConnected(List<Case> rows) {
    for (String method : List.of("GET", "POST", "PATCH")) {
      rows.add(
          Case.of("retry/refused-" + method, SAFE, request(method, "hello").repeat(4))
              .facing(REFUSING, SERVING)
              .answers(4)
              .expect(statuses(200, 200, 200, 200), requests(4), allBodies("hello")));
    }
    rows.add(
        Case.of("retry/connect-times-out", SAFE, request("POST", "hello").repeat(2))
            .facing(HANGING, SERVING)
            .with("timeout.connect", "200ms")
            .answers(2)
            .expect(statuses(200, 200), requests(2), allBodies("hello")));
    rows.add(
        Case.of(
                "retry/large-body-not-yet-sent",
                SAFE,
                request("POST", "x".repeat(1_000_000)).repeat(2))
            .facing(REFUSING, SERVING)
            .answers(2)
            .expect(statuses(200, 200), requests(2), allBodies("x".repeat(1_000_000))));
    rows.add(
        Case.of("retry/nobody-listens", "contract: 502, 503", request("GET", ""))
            .facing(REFUSING, REFUSING)
            .expect(problem(502))
            .expect(problem(503), field("Retry-After", "1")));
    rows.add(
        Case.of("retry/nobody-is-there", "contract: 503", request("GET", ""))
            .facing()
            .expect(problem(503), field("Retry-After", "1"))
            .expect(problem(404)));
    rows.add(
        Case.of("retry/nobody-answers-the-connect", "contract: 502, 504", request("GET", ""))
            .facing(HANGING)
            .with("timeout.connect", "200ms")
            .expect(problem(504))
            .expect(problem(502))
            .expect(problem(503)));
  }

  static Check allBodies(String expected) {
    return seen ->
        seen.requests().stream().allMatch(r -> r.complete && r.body.is(Bytes.of(expected)))
            ? null
            : "bodies differ: " + seen.requests();
  }

  private static void readAndDied(List<Case> rows) {
    for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS")) {
      rows.add(
          Case.of(
                  "retry/read-and-died-" + method,
                  SAFE,
                  request(method, method.equals("PUT") ? "hello" : ""))
              .facing(SERVING, SERVING)
              .exchange(readMessage(), reset())
              .exchange(answerSeen())
              .expect(
                  status(200),
                  requests(2),
                  body("seen " + method + " /"),
                  allBodies(method.equals("PUT") ? "hello" : "")));
    }
    rows.add(
        Case.of("retry/closed-without-an-answer", SAFE, request("GET", ""))
            .facing(SERVING, SERVING)
            .exchange(readMessage(), close())
            .exchange(answerSeen())
            .expect(status(200), requests(2)));
    for (String method : List.of("POST", "PATCH", "PROPPATCH", "get")) {
      rows.add(
          Case.of("retry/never-" + method, SAFE, request(method, "hello"))
              .facing(SERVING, SERVING)
              .exchange(readMessage(), reset())
              .exchange(answerSeen())
              .expect(problem(502), requests(1)));
    }
    rows.add(
        Case.of(
                "retry/never-POST-read-in-part",
                SAFE,
                Case.client(
                    "POST",
                    send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhello")))
            .facing(SERVING, SERVING)
            .exchange(readHead(), reset())
            .exchange(answerSeen())
            .expect(status(502), requestsAtMost(1)));
    rows.add(
        Case.of("retry/never-POST-without-body", SAFE, request("POST", ""))
            .facing(SERVING, SERVING)
            .exchange(readMessage(), close())
            .exchange(answerSeen())
            .expect(problem(502), requests(1)));
    rows.add(
        Case.of("retry/never-after-the-first-byte", SAFE, request("GET", ""))
            .facing(SERVING, SERVING)
            .exchange(answer("HTTP/1.1 200"), close())
            .exchange(answerSeen())
            .expect(problem(502), requests(1)));
    rows.add(
        Case.of("retry/never-after-an-interim", SAFE, request("GET", ""))
            .facing(SERVING, SERVING)
            .exchange(answer("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), close())
            .exchange(answerSeen())
            .expect(status(502), requests(1)));
    rows.add(
        Case.of("retry/error-answers-are-final", SAFE, request("GET", ""))
            .facing(SERVING, SERVING)
            .exchange(answer("HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno"))
            .exchange(answerSeen())
            .expect(status(500), body("no"), requests(1)));
    String large = "x".repeat(300_000);
    rows.add(
        Case.of("retry/never-PUT-larger-than-the-replay-buffer", SAFE, request("PUT", large))
            .facing(SERVING, SERVING)
            .exchange(readMessage(), reset())
            .exchange(answerSeen())
            .expect(problem(502), requests(1)));
    rows.add(
        Case.of("retry/PUT-of-60-kb-is-replayed-whole", SAFE, request("PUT", "x".repeat(60_000)))
            .facing(SERVING, SERVING)
            .exchange(readMessage(), reset())
            .exchange(answerSeen())
            .expect(status(200), requests(2), allBodies("x".repeat(60_000))));
  }

  private static void bounds(List<Case> rows) {
    rows.add(
        Case.of("retry/at-most-two-more", "issue 3: at most 2 more tries", request("GET", ""))
            .facing(SERVING, SERVING, SERVING, SERVING, SERVING)
            .exchange(readMessage(), reset())
            .expect(problem(502), requestsAtMost(3)));
    rows.add(
        Case.of("retry/only-instance-is-not-asked-twice", SAFE, request("GET", ""))
            .exchange(readMessage(), reset())
            .expect(problem(502), requestsAtMost(2)));
  }

  private static void notProcessed(List<Case> rows) {
    String receipt =
        "HTTP/1.1 503 Draining\r\nRollcall-Not-Processed: true\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    rows.add(
        Case.of("retry/not-processed-POST-moves", "issue 4: receipts", request("POST", "hello"))
            .facing(SERVING, SERVING)
            .exchange(answer(receipt), close())
            .exchange(answerSeen())
            .expect(status(200), requests(2), allBodies("hello")));
    rows.add(
        Case.of("retry/not-processed-by-all", "issue 4: receipts", request("POST", "hello"))
            .facing(SERVING, SERVING)
            .exchange(answer(receipt), close())
            .expect(status(503, 502), Checks.never("ollcall-"), requestsAtMost(3)));
  }
}
