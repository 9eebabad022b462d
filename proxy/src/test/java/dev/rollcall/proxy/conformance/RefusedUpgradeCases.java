package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.TunnelCases.RULE;
import static dev.rollcall.proxy.conformance.TunnelCases.SECOND;
import static dev.rollcall.proxy.conformance.TunnelCases.SWITCHED;
import static dev.rollcall.proxy.conformance.TunnelCases.UPGRADE;
import static dev.rollcall.proxy.conformance.TunnelCases.opening;
import static dev.rollcall.proxy.conformance.UpstreamChecks.lacks;
import static dev.rollcall.proxy.conformance.UpstreamChecks.neverGets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;

import java.util.ArrayList;
import java.util.List;

/** Upgrades over HTTP/1.1 that become no tunnel (RFC 6455 §4, 9110 §7.8). */
final class RefusedUpgradeCases {

  private RefusedUpgradeCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    refused(rows);
    notAnUpgrade(rows);
    return rows;
  }

  private static void refused(List<Case> rows) {
    for (String head : List.of("401 No", "403 No", "426 Upgrade Required", "503 Busy", "200 OK")) {
      rows.add(
          Case.of(
                  "websocket/refused-" + head.substring(0, 3),
                  "issue 3, RFC 6455 §4.2.2",
                  Case.client("GET", send(UPGRADE), Steps.readMessage(), send(SECOND)))
              .answers(2)
              .exchange(
                  answer(
                      "HTTP/1.1 "
                          + head
                          + "\r\nX-Why: not\r\nSec-WebSocket-Version: 13\r\nContent-Length: 2\r\n\r\nno"))
              .exchange(answerSeen())
              .expect(
                  statuses(Integer.parseInt(head.substring(0, 3)), 200),
                  body("no"),
                  field("X-Why", "not"),
                  field("Sec-WebSocket-Version", "13"),
                  targets("/chat", "/second")));
    }
    rows.add(
        Case.of("websocket/refused-chunked", "issue 3", Case.client("GET", send(UPGRADE)))
            .exchange(
                answer("HTTP/1.1 401 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"))
            .expect(status(401), body("no")));
    rows.add(
        Case.of("websocket/upstream-dies", "RFC 9110 §15.6.3", UPGRADE)
            .exchange(readHead(), close())
            .expect(status(502)));
    rows.add(
        Case.of("websocket/identity-hidden-in-101", "contract: one URL", opening())
            .exchange(
                readHead(),
                send(
                    SWITCHED.replace(
                        "Connection", "Server: evil\r\nRollcall-X: evil\r\nConnection")),
                awaitEnd())
            .expect(status(101), never("evil")));
  }

  private static void notAnUpgrade(List<Case> rows) {
    rows.add(
        Case.of("websocket/on-http-1.0-is-none", RULE, UPGRADE.replace("HTTP/1.1", "HTTP/1.0"))
            .expect(status(200), lacks("Upgrade"))
            .expect(status(400)));
    rows.add(
        Case.of(
                "websocket/not-nominated-is-none",
                RULE,
                UPGRADE.replace("Connection: keep-alive, Upgrade", "Connection: keep-alive"))
            .expect(status(200), lacks("Upgrade"))
            .expect(status(400)));
    rows.add(
        Case.of(
                "websocket/fake-version-then-smuggle",
                "CVE-2020-kin: a refused upgrade is no tunnel",
                UPGRADE.replace("Version: 13", "Version: 777") + SECOND)
            .answers(2)
            .exchange(
                answer(
                    "HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n"))
            .exchange(answerSeen())
            .expect(statuses(426, 200), targets("/chat", "/second"), requests(2))
            .expect(status(426), closed(), targets("/chat"))
            .expect(status(400), neverGets("/second")));
    rows.add(
        Case.of(
                "websocket/with-a-body",
                RULE,
                "POST /chat HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n\r\nhello")
            .expect(status(200), requests(1), UpstreamChecks.getsBody("hello"))
            .expect(status(400), closed()));
    rows.add(
        Case.of("websocket/101-to-another-protocol", "RFC 9110 §7.8", opening())
            .exchange(
                readHead(),
                send(
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nevil"),
                awaitEnd())
            .expect(status(502), never("evil"))
            .expect(status(101)));
  }
}
