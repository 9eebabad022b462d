package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.interims;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.H2Steps.data;
import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.headers;
import static dev.rollcall.proxy.conformance.H2Steps.post;
import static dev.rollcall.proxy.conformance.H2Steps.readBody;
import static dev.rollcall.proxy.conformance.H2Steps.readHead;
import static dev.rollcall.proxy.conformance.H2Steps.request;
import static dev.rollcall.proxy.conformance.H2Steps.signal;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** What HTTP/2 clients get of HTTP/1.1 answers (RFC 9113 §8). */
final class H2AnswerCases {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final byte[] LARGE = Bytes.pattern(3_000_000);

  private H2AnswerCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    answers(rows);
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
}
