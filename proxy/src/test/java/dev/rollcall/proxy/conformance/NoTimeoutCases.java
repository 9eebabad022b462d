package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.pause;
import static dev.rollcall.proxy.conformance.Steps.readBody;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.TimeoutCases.GET;
import static dev.rollcall.proxy.conformance.TimeoutCases.POST;
import static dev.rollcall.proxy.conformance.TimeoutCases.RULE;
import static dev.rollcall.proxy.conformance.TimeoutCases.SHORT;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** Who may take longer than a limit that is about somebody else (contract, {@code timeout.*}). */
final class NoTimeoutCases {

  private static final int LONGER = 1000;

  private NoTimeoutCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    uploads(rows);
    answers(rows);
    tunnels(rows);
    return rows;
  }

  private static void uploads(List<Case> rows) {
    rows.add(
        Case.of(
                "timeout/long-upload-is-no-slow-upstream",
                RULE,
                Case.client("POST", send(POST + "hello"), pause(LONGER), send("world")))
            .with("timeout.response", SHORT)
            .expect(status(200), requests(1), getsBody("helloworld")));
    rows.add(
        Case.of(
                "timeout/slow-steady-upload-does-not-stall",
                RULE,
                Case.client("POST", send(POST), Steps.times(10, send("x"), pause(90))))
            .with("timeout.request-body-stall", SHORT)
            .with("timeout.response", SHORT)
            .expect(status(200), requests(1), getsBody("xxxxxxxxxx")));
    rows.add(
        Case.of("timeout/slow-upstream-does-not-stall-the-request", RULE, POST + "helloworld")
            .with("timeout.request-body-stall", SHORT)
            .with("timeout.request-header", SHORT)
            .with("timeout.idle", SHORT)
            .with("timeout.body-stall", SHORT)
            .exchange(
                readMessage(),
                pause(LONGER),
                send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
            .expect(status(200), body("ok"), requests(1)));
    rows.add(
        Case.of(
                "timeout/waiting-for-the-continue-is-nobodys-stall",
                RULE,
                Case.client(
                    "POST",
                    send(
                        "POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"),
                    Steps.readInterim(),
                    send("hello")))
            .with("timeout.request-body-stall", SHORT)
            .exchange(
                readHead(),
                pause(LONGER),
                send("HTTP/1.1 100 Continue\r\n\r\n"),
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
            .expect(status(200), requests(1), getsBody("hello")));
  }

  private static void answers(List<Case> rows) {
    rows.add(
        Case.of("timeout/steady-body-may-take-long", RULE, GET)
            .with("timeout.body-stall", SHORT)
            .with("timeout.response", SHORT)
            .with("timeout.idle", SHORT)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"),
                Steps.times(10, send("x"), pause(90)))
            .expect(status(200), complete(), body("xxxxxxxxxx")));
    byte[] large = Bytes.pattern(20_000_000);
    rows.add(
        Case.of(
                "timeout/slow-reader-is-no-slow-upstream",
                RULE,
                Case.client(
                    "GET",
                    send(GET),
                    readHead(),
                    pause(LONGER),
                    readBody(8_000_000),
                    pause(LONGER)))
            .with("timeout.body-stall", SHORT)
            .with("timeout.response", SHORT)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: " + large.length + "\r\n\r\n"),
                send(large))
            .expect(status(200), complete(), body(large)));
    rows.add(
        Case.of("timeout/quiet-event-stream-lives-on", RULE, GET)
            .with("timeout.body-stall", SHORT)
            .with("timeout.response", SHORT)
            .with("timeout.idle", SHORT)
            .exchange(
                readMessage(),
                send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n:a\n\r\n"),
                pause(LONGER),
                send("3\r\n:b\n\r\n0\r\n\r\n"))
            .expect(status(200), complete(), body(":a\n:b\n")));
  }

  private static void tunnels(List<Case> rows) {
    rows.add(
        Case.of(
                "timeout/tunnel-outlives-the-others",
                RULE,
                TunnelCases.opening(send("ping"), Steps.readRaw("pong")))
            .with("timeout.body-stall", SHORT)
            .with("timeout.response", SHORT)
            .with("timeout.idle", SHORT)
            .with("timeout.request-body-stall", SHORT)
            .with("timeout.request-header", SHORT)
            .exchange(
                readHead(),
                send(TunnelCases.SWITCHED),
                Steps.readRaw("ping"),
                pause(LONGER),
                send("pong"),
                awaitEnd())
            .expect(status(101)));
  }
}
