package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.fieldMatches;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readRaw;
import static dev.rollcall.proxy.conformance.Steps.reset;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.sendUntilStalled;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsMatching;

import java.util.ArrayList;
import java.util.List;

/** WebSocket over HTTP/1.1: the upgrade and the tunnel (RFC 6455, 9110 §7.8). */
final class TunnelCases {

  static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

  static final String UPGRADE =
      "GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: keep-alive, Upgrade\r\n"
          + "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat\r\n\r\n";
  static final String SECOND = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n";
  static final String RULE = "RFC 6455 §4, 9110 §7.8";

  private TunnelCases() {}

  /** A client that upgrades, then takes these steps inside the tunnel. */
  static ClientScript opening(Step... inside) {
    return Case.client("GET", send(UPGRADE), readHead(), Steps.inTurn(inside));
  }

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    opened(rows);
    ended(rows);
    return rows;
  }

  private static void opened(List<Case> rows) {
    rows.add(
        Case.of("websocket/opened", RULE, opening(send("ping"), readRaw("pong")))
            .exchange(readHead(), send(SWITCHED), readRaw("ping"), send("pong"), awaitEnd())
            .expect(
                status(101),
                fieldMatches("Upgrade", "(?i)websocket"),
                fieldMatches("Connection", "(?i).*upgrade.*"),
                field("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                getsMatching("Upgrade", "(?i)websocket"),
                getsMatching("Connection", "(?i)upgrade"),
                gets("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                gets("Sec-WebSocket-Protocol", "chat"),
                gets("X-Forwarded-For", "127.0.0.1"),
                UpstreamChecks.sees("GET", "/chat")));
    String withLength =
        UPGRADE.replace("Upgrade: websocket", "Content-Length: 0\r\nUpgrade: websocket");
    rows.add(
        Case.of(
                "websocket/opened-by-who-says-that-there-is-no-body",
                RULE,
                Case.client("GET", send(withLength), readHead(), send("ping"), readRaw("pong")))
            .exchange(readHead(), send(SWITCHED), readRaw("ping"), send("pong"), awaitEnd())
            .expect(status(101), getsMatching("Upgrade", "(?i)websocket")));
    rows.add(
        Case.of(
                "websocket/upstream-speaks-with-its-101",
                RULE,
                opening(readRaw("hello"), send("bye")))
            .exchange(readHead(), send(SWITCHED + "hello"), readRaw("bye"), awaitEnd())
            .expect(status(101)));
    rows.add(
        Case.of(
                "websocket/client-speaks-with-its-request",
                RULE,
                Case.client("GET", send(UPGRADE + "early"), readHead(), readRaw("seen")))
            .exchange(readHead(), send(SWITCHED), readRaw("early"), send("seen"), awaitEnd())
            .expect(status(101)));
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    rows.add(
        Case.of(
                "websocket/every-byte-both-ways",
                RULE,
                opening(send(all), readRaw(Bytes.text(all))))
            .exchange(readHead(), send(SWITCHED), readRaw(Bytes.text(all)), send(all), awaitEnd())
            .expect(status(101)));
    rows.add(
        Case.of(
                "websocket/http-inside-is-no-http",
                RULE,
                opening(send(SECOND), readRaw("HTTP/1.1 200 OK\r\n\r\n")))
            .exchange(
                readHead(),
                send(SWITCHED),
                readRaw(SECOND),
                send("HTTP/1.1 200 OK\r\n\r\n"),
                awaitEnd())
            .expect(status(101)));
    byte[] large = Bytes.pattern(2_000_000);
    rows.add(
        Case.of(
                "websocket/megabytes-both-ways",
                RULE,
                opening(send(large), readRaw(Bytes.text(large))))
            .exchange(
                readHead(), send(SWITCHED), readRaw(Bytes.text(large)), send(large), awaitEnd())
            .expect(status(101)));
    rows.add(
        Case.of(
                "websocket/token-in-any-case",
                RULE,
                Case.client(
                    "GET",
                    send(UPGRADE.replace("Upgrade: websocket", "UPGRADE: WebSocket")),
                    readHead(),
                    readRaw("hello")))
            .exchange(readHead(), send(SWITCHED + "hello"), awaitEnd())
            .expect(status(101)));
  }

  private static void ended(List<Case> rows) {
    rows.add(
        Case.of("websocket/client-closes", RULE, opening(send("bye"), close(), await("over")))
            .exchange(readHead(), send(SWITCHED), readRaw("bye"), awaitEnd(), signal("over"))
            .expect(status(101)));
    rows.add(
        Case.of("websocket/client-resets", RULE, opening(send("bye"), await("bye came"), reset()))
            .exchange(readHead(), send(SWITCHED), readRaw("bye"), signal("bye came"), awaitEnd())
            .expect(status(101)));
    rows.add(
        Case.of(
                "websocket/upstream-closes-after-last-words",
                RULE,
                opening(readRaw("bye"), awaitEnd()))
            .exchange(readHead(), send(SWITCHED), send("bye"), close())
            .expect(status(101), closed()));
    rows.add(
        Case.of("websocket/upstream-resets", RULE, opening(send("x"), awaitEnd()))
            .exchange(readHead(), send(SWITCHED), readRaw("x"), reset())
            .expect(status(101), closed()));
    int limit = 64 << 20;
    rows.add(
        Case.of(
                "websocket/upstream-does-not-read",
                "issue 3: back-pressure",
                opening(sendUntilStalled(limit, "stalled"), close()))
            .exchange(readHead(), send(SWITCHED), await("stalled"), awaitEnd())
            .expect(status(101)));
    rows.add(
        Case.of(
                "websocket/client-does-not-read",
                "issue 3: back-pressure",
                opening(await("stalled"), close()))
            .exchange(readHead(), send(SWITCHED), sendUntilStalled(limit, "stalled"), awaitEnd())
            .expect(status(101)));
  }
}
