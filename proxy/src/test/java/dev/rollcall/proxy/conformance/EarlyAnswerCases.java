package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.interims;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.halfClose;
import static dev.rollcall.proxy.conformance.Steps.inTurn;
import static dev.rollcall.proxy.conformance.Steps.readBody;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.sendRepeated;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** Answers that come before the body has (RFC 9112 §9.5). */
final class EarlyAnswerCases {

  private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private EarlyAnswerCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    early(rows);
    refused(rows);
    return rows;
  }

  /** Requests that we answer ourselves, before their bodies have come. */
  private static void refused(List<Case> rows) {
    String rule = "RFC 9112 §9.3, §9.6, contract: limit.*";
    String post = "POST /b HTTP/1.1\r\nHost: a.test\r\n";
    String next = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";
    List<Case> refused = new ArrayList<>();
    refused.add(
        Case.of(
                "refused-upload-is-cut",
                rule,
                Case.client(
                    "POST",
                    send(post + "Content-Length: 10000000000\r\n\r\n"),
                    readMessage(),
                    Steps.sendUntilCut()))
            .expect(status(404), complete(), field("Connection", "close"), untouched()));
    refused.add(
        Case.of(
                "refused-chunks-are-cut",
                rule,
                Case.client(
                    "POST",
                    send(post + "Transfer-Encoding: chunked\r\n\r\n"),
                    sendRepeated(Bytes.of("10000\r\n" + "x".repeat(1 << 16) + "\r\n"), 5)))
            .expect(status(404), complete(), closed(), untouched()));
    refused.add(
        Case.of(
                "refused-body-is-dropped",
                rule,
                Case.client(
                    "POST",
                    send(post + "Content-Length: 100000\r\n\r\n" + "x".repeat(50_000)),
                    readMessage(),
                    send("x".repeat(50_000) + next)))
            .answers(2)
            .expect(statuses(404, 200), targets("/a"))
            // Whoever is too slow with it.
            .expect(statuses(404), closed(), untouched()));
    refused.add(
        Case.of(
                "refused-chunks-are-dropped",
                rule,
                Case.client(
                    "POST",
                    send(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                    readMessage(),
                    send("5\r\nworld\r\n0\r\n\r\n" + next)))
            .answers(2)
            .expect(statuses(404, 200), targets("/a"))
            // Whoever is too slow with it.
            .expect(statuses(404), closed(), untouched()));
    // A body that never comes must not be waited for, nor the next request be taken for it.
    refused.add(
        Case.of(
                "refused-expectation",
                rule + ", RFC 9110 §10.1.1",
                Case.client(
                    "POST",
                    send(post + "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n"),
                    readMessage()))
            .expect(status(404), interims(), field("Connection", "close"), closed(), untouched()));
    refused.stream()
        .map(row -> row.named("early-answer/" + row.name()).with("services.hello.routes", "/a"))
        .forEach(rows::add);
  }

  private static void early(List<Case> rows) {
    String refusal = "HTTP/1.1 413 Too Much\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno";
    byte[] block = Bytes.pattern(1 << 16);
    rows.add(
        Case.of(
                "early-answer/while-the-body-waits",
                "RFC 9112 §9.5",
                Case.client(
                    "POST",
                    send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhello"),
                    readMessage()))
            .exchange(readBody(5), send(refusal), close())
            .expect(status(413), complete(), body("no"), noneComplete()));
    String post = "POST / HTTP/1.1\r\nHost: a.test\r\n";
    Step byLength =
        inTurn(send(post + "Content-Length: 100000000\r\n\r\n"), sendRepeated(block, 1500));
    Step chunked =
        inTurn(
            send(post + "Transfer-Encoding: chunked\r\n\r\n"),
            sendRepeated(Bytes.of("10000\r\n" + Bytes.text(block) + "\r\n"), 1500));
    for (Step upload : List.of(byLength, chunked)) {
      String kind = upload == chunked ? "chunks" : "body";
      rows.add(
          Case.of(
                  "early-answer/while-the-" + kind + "-comes",
                  "RFC 9112 §9.5, §9.6",
                  Case.client("POST", upload))
              .exchange(readBody(100_000), send(refusal), halfClose(), awaitEnd())
              .expect(status(413), complete(), body("no"), noneComplete()));
      // An upstream that closes without lingering may destroy its own answer by the reset.
      rows.add(
          Case.of(
                  "early-answer/rude-while-the-" + kind + "-comes",
                  "RFC 9112 §9.6",
                  Case.client("POST", upload))
              .exchange(readBody(100_000), send(refusal), close())
              .expect(status(413), complete(), body("no"), noneComplete())
              .expect(status(502), complete(), noneComplete()));
    }
    rows.add(
        Case.of(
                "early-answer/upstream-takes-the-rest",
                "RFC 9112 §9.5",
                Case.client(
                    "POST",
                    send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhello"),
                    readMessage(),
                    send("world" + SECOND)))
            .answers(2)
            .exchange(
                readBody(5), send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), readMessage())
            .exchange(answerSeen())
            .expect(statuses(200, 200), body("ok"), targets("/", "/second"))
            // Closing after an early answer is allowed too; then nothing of the rest may be taken
            // for a request.
            .expect(statuses(200), closed(), body("ok"), targets("/")));
    rows.add(
        Case.of(
                "early-answer/refusal-and-reset",
                "RFC 9112 §9.6",
                Case.client(
                    "POST",
                    send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100000000\r\n\r\n"),
                    sendRepeated(block, 100)))
            .exchange(readBody(100_000), Steps.reset())
            .expect(
                status(502), noneComplete(), field("Content-Type", "application/problem+json")));
  }
}
