package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.broken;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.noAnswer;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.sendUntilAnswered;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.Steps.trickle;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** Who is waited for, and how long (contract, {@code timeout.*}). */
final class TimeoutCases {

  static final String RULE = "contract: timeout.*";
  static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
  static final String POST = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\n";
  static final String SHORT = "700ms";

  private TimeoutCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    upstreams(rows);
    clients(rows);
    tunnels(rows);
    return rows;
  }

  private static void upstreams(List<Case> rows) {
    rows.add(
        Case.of("timeout/response-never-comes", RULE + ", RFC 9110 §15.6.5", GET)
            .with("timeout.response", SHORT)
            .exchange(readMessage(), awaitEnd())
            .expect(problem(504)));
    rows.add(
        Case.of("timeout/response-never-comes-to-POST", RULE, POST + "helloworld")
            .with("timeout.response", SHORT)
            .exchange(readMessage(), awaitEnd())
            .expect(problem(504), requests(1)));
    rows.add(
        Case.of("timeout/response-head-stops-midway", RULE, GET)
            .with("timeout.response", SHORT)
            .exchange(readMessage(), send("HTTP/1.1 200 OK\r\nX:"), awaitEnd())
            .expect(problem(504))
            .expect(problem(502)));
    rows.add(
        Case.of("timeout/interim-answers-do-not-count", RULE, GET)
            .with("timeout.response", SHORT)
            .exchange(readMessage(), trickle("HTTP/1.1 102 Processing\r\n\r\n", 50))
            .expect(problem(504)));
    rows.add(
        Case.of(
                "timeout/request-body-is-not-taken",
                RULE,
                Case.client(
                    "POST",
                    send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000000\r\n\r\n"),
                    sendUntilAnswered(),
                    readMessage(),
                    signal("answered")))
            .with("timeout.request-body-stall", "3s")
            .exchange(readHead(), await("answered"))
            .expect(problem(504), noneComplete()));
    rows.add(
        Case.of("timeout/body-stalls", RULE, GET)
            .with("timeout.body-stall", SHORT)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"),
                awaitEnd())
            .expect(status(200), broken(), closed()));
    rows.add(
        Case.of("timeout/chunks-stall", RULE, GET)
            .with("timeout.body-stall", SHORT)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                awaitEnd())
            .expect(status(200), broken(), closed()));
  }

  private static void clients(List<Case> rows) {
    rows.add(
        Case.of(
                "timeout/header-never-ends",
                RULE + ", RFC 9110 §15.5.9",
                Case.client("GET", send("GET / HTTP/1.1\r\nHost: a.test\r\n")))
            .with("timeout.request-header", SHORT)
            .expect(status(408), closed(), untouched())
            .expect(noAnswer(), closed(), untouched()));
    rows.add(
        Case.of(
                "timeout/header-trickles",
                RULE + ", slowloris",
                Case.client(
                    "GET", send("GET / HTTP/1.1\r\nHost: a.test\r\n"), trickle("X: y\r\n", 50)))
            .with("timeout.request-header", SHORT)
            .expect(status(408), closed(), untouched())
            .expect(noAnswer(), closed(), untouched()));
    rows.add(
        Case.of(
                "timeout/header-trickles-on-second-request",
                RULE + ", slowloris",
                Case.client(
                    "GET",
                    send(GET),
                    readMessage(),
                    send("GET / HTTP/1.1\r\n"),
                    trickle("X: y\r\n", 50)))
            .with("timeout.request-header", SHORT)
            .answers(2)
            .expect(Checks.statuses(200, 408), closed(), requests(1))
            .expect(Checks.statuses(200), closed(), requests(1)));
    rows.add(
        Case.of("timeout/nothing-is-ever-sent", RULE, Case.client("GET"))
            .with("timeout.request-header", SHORT)
            .with("timeout.idle", SHORT)
            .expect(noAnswer(), closed(), untouched())
            .expect(status(408), closed(), untouched()));
    rows.add(
        Case.of("timeout/request-body-stalls", RULE, Case.client("POST", send(POST + "hello")))
            .with("timeout.request-body-stall", SHORT)
            .exchange(readMessage())
            .expect(status(408), closed(), noneComplete()));
    rows.add(
        Case.of(
                "timeout/request-chunks-stall",
                RULE,
                Case.client(
                    "POST",
                    send(
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")))
            .with("timeout.request-body-stall", SHORT)
            .exchange(readMessage())
            .expect(status(408), closed(), noneComplete()));
    rows.add(
        Case.of(
                "timeout/keep-alive-ends",
                RULE,
                Case.client("GET", send(GET), readMessage(), awaitEnd()))
            .with("timeout.idle", SHORT)
            .expect(status(200), closed(), requests(1)));
  }

  private static void tunnels(List<Case> rows) {
    rows.add(
        Case.of("timeout/tunnel-is-quiet-too-long", RULE, TunnelCases.opening(awaitEnd()))
            .with("timeout.tunnel-idle", SHORT)
            .exchange(readHead(), send(TunnelCases.SWITCHED), awaitEnd())
            .expect(status(101), closed()));
  }
}
