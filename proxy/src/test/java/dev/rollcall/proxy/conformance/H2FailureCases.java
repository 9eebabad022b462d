package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.broken;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.H2Steps.data;
import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.post;
import static dev.rollcall.proxy.conformance.H2Steps.readAll;
import static dev.rollcall.proxy.conformance.H2Steps.readBody;
import static dev.rollcall.proxy.conformance.H2Steps.signal;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.reset;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** What HTTP/2 clients get of HTTP/1.1 upstreams that fail (RFC 9113 §8.1.1). */
final class H2FailureCases {

  private H2FailureCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    midway(rows);
    unanswered(rows);
    return rows;
  }

  private static void midway(List<Case> rows) {
    String length = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello";
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    for (String[] row :
        new String[][] {
          {"length", length}, {"chunks", chunked}, {"last-chunk", chunked + "0\r\n"}
        }) {
      rows.add(
          Case.h2(
                  "upstream-dies-in-" + row[0],
                  "RFC 9113 §8.1.1, issue 3",
                  get(1, "/"),
                  readBody(1, 5),
                  signal("part came"),
                  readAll(1))
              .exchange(readMessage(), send(row[1]), await("part came"), Steps.close())
              .expect(status(200), broken(), answerReset()));
    }
    rows.add(
        Case.h2(
                "upstream-sends-a-bad-chunk",
                "RFC 9113 §8.1.1, issue 3",
                get(1, "/"),
                readBody(1, 5),
                signal("part came"),
                readAll(1))
            .exchange(readMessage(), send(chunked), await("part came"), send("zz\r\n"), awaitEnd())
            .expect(status(200), broken(), answerReset()));
    rows.add(
        Case.h2(
                "upstream-resets-until-close",
                "RFC 9112 §8, issue 3",
                get(1, "/"),
                readBody(1, 5),
                signal("part came"),
                readAll(1))
            .exchange(
                readMessage(), send("HTTP/1.1 200 OK\r\n\r\nhello"), await("part came"), reset())
            .expect(status(200), broken(), answerReset()));
    rows.add(
        Case.h2(
                "one-broken-stream-leaves-others",
                "RFC 9113 §5.4.2",
                get(1, "/"),
                readAll(1),
                get(3, "/second"))
            .answers(2)
            .exchange(readMessage(), send(length), Steps.close())
            .exchange(answerSeen())
            .expect(
                seen ->
                    seen.client().answers().size() == 2
                            && seen.client().answers().get(1).body.text().equals("seen GET /second")
                        ? null
                        : "no second answer"));
  }

  private static void unanswered(List<Case> rows) {
    rows.add(
        Case.h2("upstream-never-answers", "contract: timeout.response", get(1, "/"))
            .with("timeout.response", "300ms")
            .exchange(readMessage(), awaitEnd())
            .expect(problem(504)));
    rows.add(
        Case.h2("nobody-listens", "contract: 502", get(1, "/"))
            .facing(Reachable.Kind.REFUSING)
            .expect(problem(502))
            .expect(problem(503)));
    rows.add(
        Case.h2("malformed-answer", "issue 3", post(1, "/"), data(1, true, "x"))
            .exchange(answer("nonsense\r\n\r\n"), Steps.close())
            .expect(problem(502)));
    rows.add(
        Case.h2("retried-GET", "RFC 9110 §9.2.2", get(1, "/"))
            .facing(Reachable.Kind.SERVING, Reachable.Kind.SERVING)
            .exchange(readMessage(), reset())
            .exchange(answerSeen())
            .expect(status(200), requests(2)));
    rows.add(
        Case.h2("never-retried-POST", "RFC 9110 §9.2.2", post(1, "/"), data(1, true, "x"))
            .facing(Reachable.Kind.SERVING, Reachable.Kind.SERVING)
            .exchange(readMessage(), reset())
            .exchange(answerSeen())
            .expect(problem(502), requests(1)));
  }

  private static Check answerReset() {
    return seen -> {
      Message answer = seen.answer();
      return answer != null && (answer.resetCode > 0 || seen.client().end() != End.OPEN)
          ? null
          : "the stream is not reset";
    };
  }
}
