package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.noAnswer;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.H2Steps.data;
import static dev.rollcall.proxy.conformance.H2Steps.frame;
import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.headers;
import static dev.rollcall.proxy.conformance.H2Steps.post;
import static dev.rollcall.proxy.conformance.H2Steps.readAll;
import static dev.rollcall.proxy.conformance.H2Steps.readHead;
import static dev.rollcall.proxy.conformance.H2Steps.request;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * HTTP/2 clients that hold a connection's streams, windows or memory (RFC 9113 §10.5): nothing may
 * be held without a deadline, grow without a limit, or be lost.
 */
final class H2AttackCases {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String RULE = "RFC 9113 §10.5";

  /** What a client gives that is generous to each stream, but counts what it gives to all. */
  private static final int COUNTED = 1 << 20;

  private H2AttackCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    held(rows);
    windows(rows);
    tiny(rows);
    floods(rows);
    return rows.stream().map(row -> row.with("http.h2c", "true")).toList();
  }

  private static void held(List<Case> rows) {
    rows.add(
        Case.h2(
                "attack-upload-without-end-after-its-answer",
                RULE + ", contract: timeout.idle",
                post(1, "/a%2f..%2f..%2fb/%2e%2e/%2e%2e/"),
                readAll(1),
                H2AttackCases::untilClosed)
            .with("timeout.idle", "300ms")
            .expect(status(400), closed(), untouched()));
    rows.add(
        Case.h2(
                "attack-stalled-body-after-its-408",
                RULE + ", contract: timeout.idle",
                post(1, "/"),
                data(1, false, "x"),
                readAll(1),
                H2AttackCases::untilClosed)
            .with("timeout.request-body-stall", "300ms")
            .with("timeout.idle", "300ms")
            .exchange(readMessage())
            .expect(status(408), closed()));
    rows.add(
        Case.of(
                "h2/attack-window-never-opened",
                RULE + ", CVE-2019-9517, contract: timeout.idle",
                new H2Client(0, List.of(get(1, "/"), readHead(1), H2AttackCases::untilClosed)))
            .with("timeout.idle", "300ms")
            .exchange(answer(OK))
            .expect(status(200), Checks.broken(), closed()));
    for (int window : new int[] {65_535, H2Client.GENEROUS}) {
      rows.add(
          Case.of(
                  "h2/reader-that-stops-is-cut-off" + (window == 65_535 ? "" : "-connection"),
                  RULE + ", contract: timeout.idle",
                  new H2Client(window, List.of(get(1, "/"), H2Steps.await("cut"), H2Steps.close())))
              .with("timeout.idle", "1s")
              .exchange(
                  readMessage(),
                  send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"),
                  Steps.sendUntilCut(64 << 20, "cut"))
              .expect(UpstreamChecks.requests(1)));
    }
    rows.add(
        Case.h2(
                "attack-header-without-end",
                RULE + ", slowloris, contract: timeout.request-header",
                get(1, "/"),
                readAll(1),
                frame(
                    H2Frame.HEADERS,
                    0,
                    3,
                    H2Fields.encode(H2Steps.fields(request("GET", "/evil")))),
                H2AttackCases::untilClosed)
            .with("timeout.request-header", "300ms")
            .expect(status(200), closed(), UpstreamChecks.requests(1)));
    rows.add(
        Case.h2(
                "attack-half-a-header-frame",
                RULE + ", slowloris, contract: timeout.request-header",
                H2Steps.raw("\u0000\u0000\u0050\u0001\u0004\u0000\u0000\u0000\u0001half"),
                H2AttackCases::untilClosed)
            .with("timeout.request-header", "300ms")
            .expect(noAnswer(), closed(), untouched()));
  }

  private static void untilClosed(H2Talk talk) throws IOException {
    while (true) {
      talk.readFrame();
    }
  }

  private static void windows(List<Case> rows) {
    List<H2Step> steps = new ArrayList<>();
    steps.add(frame(H2Frame.SETTINGS, 0, 0, Bytes.of("\u0000\u0004\u0000\u0010\u0000\u0000")));
    steps.add(talk -> talk.send(H2Frame.windowUpdate(0, COUNTED - 65_535)));
    String part = "x".repeat(70_000);
    String broken =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(part.length())
            + "\r\n"
            + part
            + "\r\nzz\r\n";
    Case row = Case.h2("", "");
    for (int i = 0; i < 20; i++) {
      steps.add(get(1 + 2 * i, "/" + i));
      steps.add(readAll(1 + 2 * i));
      steps.add(givenBack(1 + 2 * i));
      row = row.exchange(readMessage(), send(broken), Steps.close());
    }
    steps.add(get(101, "/last"));
    steps.add(readAll(101));
    Case filled =
        Case.of("h2/window-of-broken-answers-not-lost", "RFC 9113 §6.9.1", new H2Client(0, steps))
            .answers(21);
    for (List<Step> exchange : row.exchanges()) {
      filled = filled.exchange(exchange.toArray(Step[]::new));
    }
    rows.add(
        filled
            .exchange(
                answer("HTTP/1.1 200 OK\r\nContent-Length: " + part.length() + "\r\n\r\n" + part))
            .expect(
                seen ->
                    seen.client().answers().stream().anyMatch(a -> a.complete)
                        ? null
                        : "no whole answer"));
    byte[] upload = Bytes.pattern(200_000);
    rows.add(
        Case.h2(
                "uploads-dont-hold-up-each-other",
                "RFC 9113 §5.2, §10.5",
                post(1, "/stuck"),
                H2Steps.await("stuck"),
                talk -> talk.sendUntilStalled(1, 64 << 20),
                post(3, "/free"),
                H2Steps.body(3, upload, true),
                readAll(3),
                H2Steps.signal("done"),
                H2Steps.close())
            .answers(2)
            .exchange(Steps.readHead(), Steps.signal("stuck"), Steps.await("done"), Steps.close())
            .exchange(answer(OK))
            .expect(status(200)));
  }

  /** The client has room again for what came on a stream. */
  private static H2Step givenBack(int stream) {
    return talk -> {
      Message answer = talk.stream(stream).message();
      int came = answer == null ? 0 : (int) answer.body.length();
      if (came > 0) {
        talk.send(H2Frame.windowUpdate(0, came));
      }
    };
  }

  /** Parts of one byte each are put together while they wait, and while they are kept. */
  private static void tiny(List<Case> rows) {
    String body = "0123456789".repeat(500);
    List<H2Step> steps = new ArrayList<>();
    steps.add(headers(1, false, request("PUT", "/")));
    for (int i = 0; i < body.length(); i++) {
      steps.add(data(1, i == body.length() - 1, body.substring(i, i + 1)));
    }
    rows.add(
        Case.h2("tiny-parts-arrive-whole", "RFC 9113 §6.1", steps.toArray(H2Step[]::new))
            .expect(status(200), UpstreamChecks.getsBody(body)));
    rows.add(
        Case.h2("tiny-parts-are-sent-again", "RFC 9110 §9.2.2", steps.toArray(H2Step[]::new))
            .facing(Reachable.Kind.SERVING, Reachable.Kind.SERVING)
            .exchange(readMessage(), Steps.reset())
            .exchange(answer(OK))
            .expect(
                status(200),
                UpstreamChecks.requests(2),
                seen ->
                    seen.connections().stream()
                            .flatMap(upstream -> upstream.requests().stream())
                            .allMatch(request -> request.body.text().equals(body))
                        ? null
                        : "another body"));
  }

  private static void floods(List<Case> rows) {
    rows.add(
        Case.h2(
                "attack-answers-nobody-reads",
                RULE + ", CVE-2019-9517: constant memory",
                talk -> H2Deaf.askUntilStalled(talk, 24 << 20))
            .expect(untouched()));
    StringBuilder settings = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      String size = i % 2 == 0 ? "\u0000\u0000" : "\u0010\u0000";
      byte[] payload = Bytes.of("\u0000\u0001\u0000\u0000" + size);
      settings.append(Bytes.text(new H2Frame(H2Frame.SETTINGS, 0, 0, payload).bytes()));
    }
    rows.add(
        Case.h2(
                "flood-settings",
                RULE + ", CVE-2019-9515",
                H2Steps.raw(settings.toString()),
                H2AttackCases::untilClosed)
            .expect(noAnswer(), closed()));
    rows.add(
        H2RequestCases.refused(
            "pseudo-field-protocol",
            "RFC 8441 §3, §4",
            headers(
                1,
                true,
                ":method",
                "GET",
                ":protocol",
                "websocket",
                ":scheme",
                "http",
                ":path",
                "/",
                ":authority",
                "a.test")));
  }
}
