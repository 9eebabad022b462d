package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.broken;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.interims;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.H2Steps.data;
import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.headers;
import static dev.rollcall.proxy.conformance.H2Steps.post;
import static dev.rollcall.proxy.conformance.H2Steps.readAll;
import static dev.rollcall.proxy.conformance.H2Steps.readBody;
import static dev.rollcall.proxy.conformance.H2Steps.readHead;
import static dev.rollcall.proxy.conformance.H2Steps.request;
import static dev.rollcall.proxy.conformance.H2Steps.signal;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.reset;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** What HTTP/2 clients get of HTTP/1.1 answers, whole and broken (RFC 9113 §8). */
final class H2AnswerCases {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final byte[] LARGE = Bytes.pattern(3_000_000);

  private H2AnswerCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    answers(rows);
    failures(rows);
    return rows;
  }

  private static void answers(List<Case> rows) {
    rows.add(
        Case.h2("answer-translated", "RFC 9113 §8.2.2", get(1, "/"))
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nConnection: close, X-Foo\r\nX-Foo: y\r\nKeep-Alive: x\r\nProxy-Connection: x\r\nUpgrade: h2c\r\nServer: evil\r\nX-Fine: 1\r\nContent-Length: 2\r\n\r\nok"),
                Steps.close())
            .expect(
                status(200),
                complete(),
                body("ok"),
                field("x-fine", "1"),
                noField("x-foo"),
                never("evil")));
    rows.add(
        Case.h2("answer-chunked", "RFC 9113 §8.1", get(1, "/"))
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"))
            .expect(status(200), complete(), body("hello world")));
    rows.add(
        Case.h2("answer-until-close", "RFC 9112 §6.3(8)", get(1, "/"))
            .exchange(answer("HTTP/1.1 200 OK\r\n\r\nhello"), Steps.close())
            .expect(status(200), complete(), body("hello")));
    rows.add(
        Case.h2("answer-large", "RFC 9113 §5.2", get(1, "/"))
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nContent-Length: "
                        + LARGE.length
                        + "\r\n\r\n"
                        + Bytes.text(LARGE)))
            .expect(status(200), complete(), body(LARGE)));
    rows.add(
        Case.h2("answer-trailers", "RFC 9113 §8.1, issue 3", get(1, "/", "te", "trailers"))
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n"))
            .expect(
                status(200), complete(), body("ok"), Checks.trailers(new Field("x-sum", "42"))));
    rows.add(
        Case.h2("head", "RFC 9110 §9.3.2", headers(1, true, request("HEAD", "/")))
            .exchange(answer("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"))
            .expect(status(200), complete(), body(""), field("content-length", "1234")));
    rows.add(
        Case.h2("204", "RFC 9110 §15.3.5", get(1, "/"))
            .exchange(answer("HTTP/1.1 204 No Content\r\n\r\n"))
            .expect(status(204), complete(), body("")));
    rows.add(
        Case.h2("304", "RFC 9110 §15.4.5", get(1, "/"))
            .exchange(
                answer("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 7\r\n\r\n"))
            .expect(status(304), complete(), body(""), field("etag", "\"x\"")));
    rows.add(
        Case.h2("103-passed-on", "RFC 8297", get(1, "/"))
            .exchange(answer("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK))
            .expect(status(200), interims(103), body("ok")));
    rows.add(
        Case.h2("102-is-not-final", "RFC 9110 §15.2", get(1, "/"))
            .exchange(answer("HTTP/1.1 102 Processing\r\n\r\n" + OK))
            .expect(status(200), body("ok")));
    rows.add(
        Case.h2("101-becomes-502", "RFC 9113 §8.6", get(1, "/"))
            .exchange(
                answer(
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
                awaitEnd())
            .expect(status(502)));
    rows.add(
        Case.h2(
                "100-relayed",
                "RFC 9110 §10.1.1",
                post(1, "/", "expect", "100-continue"),
                H2Steps.await("head came"),
                data(1, true, "hello"))
            .exchange(
                Steps.readHead(),
                send("HTTP/1.1 100 Continue\r\n\r\n"),
                Steps.signal("head came"),
                readMessage(),
                send(OK))
            .expect(status(200), interims(100), requests(1), getsBody("hello")));
    rows.add(
        Case.h2(
                "event-flushed-at-once",
                "issue 3",
                get(1, "/"),
                readBody(1, 9),
                signal("first event"))
            .exchange(
                readMessage(),
                send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"),
                await("first event"),
                send("9\r\ndata: 2\n\n\r\n0\r\n\r\n"))
            .expect(status(200), complete(), body("data: 1\n\ndata: 2\n\n")));
    rows.add(
        Case.h2("early-answer", "RFC 9113 §8.1", post(1, "/"), data(1, false, "hello"), readHead(1))
            .exchange(
                Steps.readBody(5),
                send("HTTP/1.1 413 Too Much\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno"),
                Steps.halfClose(),
                awaitEnd())
            .expect(status(413), body("no"), noneComplete()));
    rows.add(
        Case.h2("location-rewritten", "contract: one URL", get(1, "/"))
            .exchange(
                answer(
                    "HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:{port}/a\r\nContent-Length: 0\r\n\r\n"))
            .expect(status(302), Checks.fieldMatches("location", "(http://a\\.test)?/a")));
  }

  private static void failures(List<Case> rows) {
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
