package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readBody;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.sendUntilStalled;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.request;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** What must not wait, and what must not pile up. */
final class StreamCases {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private StreamCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    streaming(rows);
    backPressure(rows);
    return rows;
  }

  private static void streaming(List<Case> rows) {
    rows.add(
        Case.of(
                "stream/event-flushed-at-once",
                "issue 3",
                Case.client(
                    "GET",
                    send(GET),
                    readBody(9),
                    signal("first event"),
                    readBody(18),
                    signal("second event")))
            .exchange(
                readMessage(),
                send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"),
                await("first event"),
                send("9\r\ndata: 2\n\n\r\n"),
                await("second event"),
                send("0\r\n\r\n"))
            .expect(status(200), complete(), body("data: 1\n\ndata: 2\n\n")));
    rows.add(
        Case.of(
                "stream/head-flushed-before-any-body",
                "issue 3",
                Case.client("GET", send(GET), readHead(), signal("head")))
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"),
                await("head"),
                send("data: 1\n\n"),
                close())
            .expect(status(200), complete(), body("data: 1\n\n")));
    rows.add(
        Case.of(
                "stream/part-of-a-length-flushed-at-once",
                "issue 3",
                Case.client("GET", send(GET), readBody(2), signal("part")))
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab"),
                await("part"),
                send("cd"))
            .expect(status(200), complete(), body("abcd")));
    rows.add(
        Case.of(
                "stream/request-body-as-it-comes",
                "issue 3",
                Case.client(
                    "POST",
                    send(
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"),
                    await("first part"),
                    send("2\r\ncd\r\n0\r\n\r\n")))
            .exchange(
                readBody(2),
                signal("first part"),
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
            .expect(status(200), requests(1), getsBody("abcd")));
    rows.add(
        Case.of(
                "stream/both-ways-at-a-time",
                "RFC 9112 §9.5, gRPC kin",
                Case.client(
                    "POST",
                    send(
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"),
                    readBody(2),
                    send("2\r\ncd\r\n0\r\n\r\n")))
            .exchange(
                readBody(2),
                send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n"),
                readMessage(),
                send("2\r\nzz\r\n0\r\n\r\n"))
            .expect(status(200), complete(), body("xyzz"), getsBody("abcd")));
  }

  private static void backPressure(List<Case> rows) {
    int limit = 64 << 20;
    rows.add(
        Case.of(
                "back-pressure/reader-that-stops-is-cut-off",
                "contract: timeout.idle, RFC 9112 §8",
                Case.client("GET", send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"), await("cut")))
            .with("timeout.idle", "1s")
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"),
                Steps.sendUntilCut(64 << 20, "cut"))
            .expect(Checks.closed(), UpstreamChecks.requests(1)));
    rows.add(
        Case.of(
                "back-pressure/upload-to-an-upstream-that-does-not-read",
                "issue 3: constant memory",
                Case.client(
                    "POST",
                    send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000000\r\n\r\n"),
                    sendUntilStalled(limit, "stalled"),
                    close()))
            .exchange(readHead(), await("stalled"), close())
            .expect(request(r -> !r.complete, "the request is complete")));
    rows.add(
        Case.of(
                "back-pressure/download-to-a-client-that-does-not-read",
                "issue 3: constant memory",
                Case.client("GET", send(GET), await("stalled"), close()))
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"),
                sendUntilStalled(limit, "stalled"),
                close())
            .expect(requests(1)));
  }
}
