package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.broken;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readBody;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.reset;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.connections;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;

import java.util.ArrayList;
import java.util.List;

/** Upstreams that stop midway, or say more than they should (RFC 9112 §8). */
final class DyingUpstreamCases {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String EVIL = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
  private static final String POST = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n";

  private DyingUpstreamCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    brokenBodies(rows);
    brokenForOldClients(rows);
    poison(rows);
    return rows;
  }

  private static void brokenBodies(List<Case> rows) {
    String length = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello";
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    String[][] cut = {
      {"length", length},
      {"between-chunks", chunked},
      {"in-chunk-data", chunked + "5\r\nhe"},
      {"in-chunk-size", chunked + "5"},
      {"before-last-crlf", chunked + "0\r\n"},
      {"in-trailers", chunked + "0\r\nX: y\r\n"},
    };
    for (String[] row : cut) {
      for (boolean rude : new boolean[] {false, true}) {
        rows.add(
            Case.of(
                    "upstream-dies/" + row[0] + (rude ? "-reset" : ""),
                    "RFC 9112 §8, issue 3",
                    Case.client("GET", send(GET), readBody(5), signal("part came")))
                .exchange(readMessage(), send(row[1]), await("part came"), rude ? reset() : close())
                .expect(status(200), broken(), Checks.closed()));
      }
    }
    rows.add(
        Case.of(
                "upstream-dies/until-close-reset",
                "RFC 9112 §8, issue 3",
                Case.client("GET", send(GET), readBody(5), signal("part came")))
            .exchange(
                readMessage(), send("HTTP/1.1 200 OK\r\n\r\nhello"), await("part came"), reset())
            .expect(status(200), broken(), Checks.closed()));
    String[][] malformed = {
      {"chunk-size", chunked + "zz\r\nevil\r\n0\r\n\r\n"},
      {"chunk-size-minus", chunked + "-4\r\nevil\r\n0\r\n\r\n"},
      {"chunk-size-overflow", chunked + "10000000000000004\r\nevil\r\n0\r\n\r\n"},
      {
        "chunk-data-longer",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloevil\r\n0\r\n\r\n"
      },
      {"trailer-nul", chunked + "0\r\nX: evil\u0000\r\n\r\n"},
      {"trailer-no-colon", chunked + "0\r\nevil\r\n\r\n"},
    };
    for (String[] row : malformed) {
      rows.add(
          Case.of("upstream-body/" + row[0], "RFC 9112 §7.1, §8", GET)
              .exchange(answer(row[1]), awaitEnd())
              .expect(status(200), broken(), never("evil"), Checks.closed())
              .expect(status(502), never("evil")));
    }
    for (String[] row :
        new String[][] {
          {"nothing", ""},
          {"status-line", "HTTP/1.1 200 OK\r\n"},
          {"half-a-head", "HTTP/1.1 200 OK\r\nContent-Le"}
        }) {
      rows.add(
          Case.of("upstream-dies/after-" + row[0], "RFC 9110 §15.6.3", POST)
              .exchange(answer(row[1]), close())
              .expect(problem(502), UpstreamChecks.requests(1)));
    }
  }

  /** Nothing but a reset can tell an HTTP/1.0 client that a close-delimited body is not whole. */
  private static void brokenForOldClients(List<Case> rows) {
    String old = "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n";
    ClientScript client = Case.client("GET", send(old), readBody(5), signal("part came"));
    rows.add(
        Case.of("upstream-dies/http-1.0-client-length", "RFC 9112 §8", client)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello"),
                await("part came"),
                close())
            .expect(status(200), broken()));
    rows.add(
        Case.of(
                "upstream-dies/http-1.0-client-chunked",
                "RFC 9112 §8, issue 3: never a half-truth",
                client)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                await("part came"),
                close())
            .expect(status(200), broken()));
  }

  private static void poison(List<Case> rows) {
    ClientScript twice = Case.client("GET", send(GET), readMessage(), send(SECOND));
    rows.add(
        Case.of("response-poison/two-answers-to-one-request", "RFC 9112 §6.3, CWE-113", twice)
            .answers(2)
            .exchange(answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + EVIL), awaitEnd())
            .exchange(answerSeen())
            .expect(statuses(200, 200), never("evil"), targets("/", "/second"), connections(2)));
    rows.add(
        Case.of("response-poison/body-longer-than-length", "RFC 9112 §6.3, CWE-113", twice)
            .answers(2)
            .exchange(answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokevil"), awaitEnd())
            .exchange(answerSeen())
            .expect(statuses(200, 200), never("evil"), body("ok"), targets("/", "/second")));
    rows.add(
        Case.of("response-poison/bytes-behind-last-chunk", "RFC 9112 §7.1, CWE-113", twice)
            .answers(2)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
                        + EVIL),
                awaitEnd())
            .exchange(answerSeen())
            .expect(statuses(200, 200), never("evil"), targets("/", "/second")));
    rows.add(
        Case.of(
                "response-poison/answer-before-any-request",
                "RFC 9112 §9.2",
                Case.client(
                    "GET",
                    send(GET),
                    readMessage(),
                    signal("first is answered"),
                    await("unasked answer is sent"),
                    send(SECOND)))
            .answers(2)
            .exchange(
                answerSeen(),
                await("first is answered"),
                send(EVIL),
                signal("unasked answer is sent"),
                awaitEnd())
            .exchange(answerSeen())
            .expect(statuses(200, 200), never("evil"), targets("/", "/second"), connections(2)));
    rows.add(
        Case.of("response-poison/connection-dropped-after-malformed", "issue 3", twice)
            .answers(2)
            .exchange(answer("nonsense\r\n\r\n" + EVIL), awaitEnd())
            .exchange(answerSeen())
            .expect(never("evil"), connections(2)));
  }
}
