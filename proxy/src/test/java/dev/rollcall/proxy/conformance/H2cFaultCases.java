package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.broken;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.H2Replies.awaitCancelled;
import static dev.rollcall.proxy.conformance.H2Replies.data;
import static dev.rollcall.proxy.conformance.H2Replies.goAway;
import static dev.rollcall.proxy.conformance.H2Replies.head;
import static dev.rollcall.proxy.conformance.H2Replies.readAll;
import static dev.rollcall.proxy.conformance.H2Replies.reset;
import static dev.rollcall.proxy.conformance.H2cUpstreamCases.call;
import static dev.rollcall.proxy.conformance.Reachable.Kind.SERVING_H2C;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** Upstreams that speak HTTP/2 and fail, and what moves to another (RFC 9113 §8.1.1, §8.7). */
final class H2cFaultCases {

  private H2cFaultCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    failures(rows);
    retries(rows);
    return rows;
  }

  private static void failures(List<Case> rows) {
    rows.add(
        call(
                "upstream-resets-midway",
                H2Steps.get(1, "/"),
                H2Steps.readBody(1, 2),
                H2Steps.signal("part came"),
                H2Steps.readAll(1))
            .reply(
                readAll(), head("200"), data(false, "ok"), H2Replies.await("part came"), reset(2))
            .expect(status(200), broken()));
    rows.add(
        call(
                "upstream-dies-midway",
                H2Steps.get(1, "/"),
                H2Steps.readBody(1, 2),
                H2Steps.signal("part came"),
                H2Steps.readAll(1))
            .reply(
                readAll(),
                head("200"),
                data(false, "ok"),
                H2Replies.await("part came"),
                H2Replies.close())
            .expect(status(200), broken()));
    rows.add(
        Case.of(
                "to-h2c/upstream-dies-midway-http-1.1-client",
                "RFC 9112 §8",
                Case.client(
                    "GET",
                    Steps.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                    Steps.readBody(2),
                    Steps.signal("part came")))
            .reply(
                readAll(), head("200"), data(false, "ok"), H2Replies.await("part came"), reset(2))
            .expect(status(200), broken(), Checks.closed()));
    rows.add(
        call("length-longer-than-body", H2Steps.get(1, "/"))
            .reply(readAll(), head("200", "content-length", "10"), data(true, "ok"))
            .expect(status(200), broken())
            .expect(status(502)));
    for (String[] bad :
        new String[][] {
          {"no-status", "x", "y"},
          {"upper-case", ":status", "200", "X-Evil", "evil"},
          {"connection", ":status", "200", "connection", "evil"},
          {"value-lf", ":status", "200", "x", "a\nevil: b"},
          {"status-not-a-number", ":status", "abc"},
          {"status-101", ":status", "101"},
          {"status-42", ":status", "42"},
          {"status-999", ":status", "999"},
        }) {
      String[] fields = java.util.Arrays.copyOfRange(bad, 1, bad.length);
      rows.add(
          Case.of(
                  "to-h2c/malformed-" + bad[0],
                  "RFC 9113 §8.1.1, §8.2, §8.3.2, §8.6",
                  "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n")
              .reply(
                  readAll(),
                  (talk, stream) -> H2Steps.headers(stream, true, fields).run(talk),
                  awaitCancelled())
              .expect(status(502), never("evil"), requests(1)));
    }
    rows.add(
        call("never-answers", H2Steps.get(1, "/"))
            .with("timeout.response", "700ms")
            .reply(readAll(), awaitCancelled())
            .expect(problem(504), requests(1)));
  }

  private static void retries(List<Case> rows) {
    String rule = "RFC 9113 §8.7";
    rows.add(
        Case.of(
                "to-h2c/refused-stream-POST-moves",
                rule,
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello")
            .facing(SERVING_H2C, SERVING_H2C)
            .reply(readAll(), reset(7))
            .reply(readAll(), head("200"), data(true, "ok"))
            .expect(status(200), body("ok"), requests(2)));
    rows.add(
        Case.of(
                "to-h2c/goaway-below-the-stream-moves",
                rule + ", §6.8",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello")
            .facing(SERVING_H2C, SERVING_H2C)
            .reply(readAll(), goAway(0), H2Replies.close())
            .reply(readAll(), head("200"), data(true, "ok"))
            .expect(status(200), body("ok"), requests(2)));
    rows.add(
        Case.of(
                "to-h2c/goaway-above-the-stream-finishes",
                rule + ", §6.8",
                "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .reply(readAll(), goAway(1), head("200"), data(true, "ok"))
            .expect(status(200), body("ok"), requests(1)));
    rows.add(
        Case.of(
                "to-h2c/goaway-then-a-fresh-connection",
                rule + ", §6.8",
                Case.client(
                    "GET",
                    Steps.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                    Steps.readMessage(),
                    Steps.await("goaway sent"),
                    Steps.send("GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n")))
            .answers(2)
            .reply(
                readAll(),
                head("200"),
                data(true, "ok"),
                goAway(1),
                H2Replies.signal("goaway sent"))
            .reply(readAll(), head("200"), data(true, "ok"))
            .expect(statuses(200, 200), requests(2), UpstreamChecks.connections(2)));
    rows.add(
        Case.of(
                "to-h2c/never-retried-POST",
                rule + ", 9110 §9.2.2",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello")
            .facing(SERVING_H2C, SERVING_H2C)
            .reply(readAll(), reset(2))
            .reply(readAll(), head("200"), data(true, "ok"))
            .expect(problem(502), requests(1)));
    rows.add(
        Case.of(
                "to-h2c/retried-GET",
                rule + ", 9110 §9.2.2",
                "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .facing(SERVING_H2C, SERVING_H2C)
            .reply(readAll(), H2Replies.close())
            .reply(readAll(), head("200"), data(true, "ok"))
            .expect(status(200), requests(2)));
  }
}
