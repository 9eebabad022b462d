package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.HopByHopCases.get;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.UpstreamChecks.connections;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;

import java.util.ArrayList;
import java.util.List;

/** Which connections go on, and in what order they are answered (RFC 9112 §9). */
final class KeepAliveCases {

  private KeepAliveCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    String second = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n";
    rows.add(
        Case.of(
                "keep-alive/client-close-is-obeyed",
                "RFC 9112 §9.6",
                get("Connection: close\r\n") + second)
            .expect(status(200), closed(), requests(1)));
    rows.add(
        Case.of(
                "keep-alive/close-in-any-case-and-list",
                "RFC 9112 §9.6",
                get("Connection: foo, CLOSE\r\n") + second)
            .expect(status(200), closed(), requests(1)));
    rows.add(
        Case.of(
                "keep-alive/http-1.0-closes",
                "RFC 9112 §9.3",
                "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n" + second)
            .expect(status(200), closed(), requests(1)));
    rows.add(
        Case.of(
                "keep-alive/http-1.0-asks-to-stay",
                "RFC 9112 §9.3",
                ("GET / HTTP/1.0\r\nHost: a.test\r\nConnection: keep-alive\r\n\r\n").repeat(2))
            .answers(2)
            .expect(
                statuses(200, 200),
                answer(
                    a -> ("" + a.first("Connection")).equalsIgnoreCase("keep-alive"),
                    "no keep-alive"))
            .expect(status(200), closed(), requests(1)));
    rows.add(
        Case.of(
                "keep-alive/upstream-connection-is-reused",
                "RFC 9112 §9.3",
                Case.client("GET", Steps.send(get("")), Steps.readMessage(), Steps.send(second)))
            .answers(2)
            .expect(statuses(200, 200), targets("/", "/second"), connections(1)));
    rows.add(
        Case.of(
                "keep-alive/http-1.0-upstream-is-not-reused",
                "RFC 9112 §9.3",
                Case.client("GET", Steps.send(get("")), Steps.readMessage(), Steps.send(second)))
            .answers(2)
            .exchange(answer("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"))
            .expect(statuses(200, 200), targets("/", "/second"), connections(2)));
    rows.add(
        Case.of(
                "keep-alive/pipelined-answers-in-order",
                "RFC 9112 §9.3.2",
                get("") + second + "GET /third HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .answers(3)
            .expect(
                statuses(200, 200, 200),
                requests(3),
                seen -> {
                  List<String> bodies =
                      seen.client().answers().stream().map(a -> a.body.text()).toList();
                  return bodies.equals(List.of("seen GET /", "seen GET /second", "seen GET /third"))
                      ? null
                      : "bodies " + bodies;
                }));
    rows.add(
        Case.of(
                "keep-alive/large-bodies-between-pipelined-requests",
                "RFC 9112 §9.3.2",
                (get("")
                        + "POST /large HTTP/1.1\r\nHost: a.test\r\nContent-Length: 300000\r\n\r\n"
                        + "x".repeat(300_000))
                    .repeat(4))
            .answers(8)
            .expect(statuses(200, 200, 200, 200, 200, 200, 200, 200), requests(8)));
    rows.add(
        Case.of(
                "keep-alive/malformed-after-a-good-one",
                "RFC 9112 §2.2",
                get("") + "G@T / HTTP/1.1\r\nHost: a.test\r\n\r\n" + second)
            .answers(2)
            .expect(statuses(200, 400), closed(), targets("/")));
    return rows;
  }
}
