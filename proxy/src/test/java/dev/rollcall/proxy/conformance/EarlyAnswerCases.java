package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
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

import java.util.ArrayList;
import java.util.List;

/** Answers that come before the body has (RFC 9112 §9.5). */
final class EarlyAnswerCases {

  private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private EarlyAnswerCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    early(rows);
    return rows;
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
