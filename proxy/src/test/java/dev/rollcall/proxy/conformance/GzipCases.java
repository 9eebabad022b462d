package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.broken;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.trailers;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readBody;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.sendUntilStalled;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Compression on the way to the client: when, when not, and what the head then says. */
final class GzipCases {

  static final String RULE = "RFC 9110 §8.4, issue 7";
  static final String TEXT = "the same again and again\n".repeat(200);
  static final String GET = get("Accept-Encoding: br, gzip\r\n");

  private GzipCases() {}

  static String get(String fields) {
    return "GET / HTTP/1.1\r\nHost: a.test\r\n" + fields + "\r\n";
  }

  static String ok(String fields) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
        + TEXT.length()
        + "\r\n"
        + fields
        + "\r\n"
        + TEXT;
  }

  static Case row(String what, String rule, String request, String response) {
    return Case.of("gzip/" + what, rule, request)
        .with("compression", "gzip")
        .exchange(answer(response));
  }

  private static Check zipped() {
    return answer(
        a ->
            a.all("Content-Encoding").equals(List.of("gzip"))
                && a.body.unzipped().equals(TEXT)
                && a.body.length() < TEXT.length() / 4,
        "not the text in gzip");
  }

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    compressed(rows);
    rows.addAll(UncompressedCases.all());
    streams(rows);
    overHttp2(rows);
    return rows;
  }

  private static void compressed(List<Case> rows) {
    rows.add(
        row("by-length", RULE, GET, ok(""))
            .expect(
                status(200),
                complete(),
                zipped(),
                field("Vary", "Accept-Encoding"),
                gets("Accept-Encoding", "br, gzip")));
    rows.add(
        row(
                "chunked",
                RULE,
                GET,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + BodyCases.chunked(TEXT, 777))
            .expect(status(200), complete(), zipped()));
    rows.add(
        Case.of("gzip/until-close", RULE, GET)
            .with("compression", "gzip")
            .exchange(
                answer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + TEXT), close())
            .expect(status(200), complete(), zipped()));
    rows.add(
        row("error-pages-too", RULE, GET, ok("").replace("200 OK", "404 Not Found"))
            .expect(status(404), complete(), zipped()));
    rows.add(
        row("strong-tag-becomes-weak", "RFC 9110 §8.8.1", GET, ok("ETag: \"x\"\r\n"))
            .expect(zipped(), field("ETag", "W/\"x\"")));
    rows.add(
        row("weak-tag-stays", "RFC 9110 §8.8.1", GET, ok("ETag: W/\"x\"\r\n"))
            .expect(zipped(), field("ETag", "W/\"x\"")));
    rows.add(
        row(
                "304-has-the-tag-that-was-asked-for",
                "RFC 9111 §4.3.4",
                get("Accept-Encoding: gzip\r\nIf-None-Match: W/\"x\"\r\n"),
                "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n")
            .expect(status(304), field("ETag", "W/\"x\""), gets("If-None-Match", "W/\"x\"")));
    rows.add(
        row("offers-no-ranges-of-it", "RFC 9110 §14.3", GET, ok("Accept-Ranges: bytes\r\n"))
            .expect(zipped(), noField("Accept-Ranges")));
    rows.add(
        row("vary-is-added-to-what-varies", "RFC 9110 §12.5.5", GET, ok("Vary: Origin\r\n"))
            .expect(zipped(), field("Vary", "Origin", "Accept-Encoding")));
    rows.add(
        row("vary-is-not-said-twice", "RFC 9110 §12.5.5", GET, ok("Vary: accept-encoding\r\n"))
            .expect(zipped(), field("Vary", "accept-encoding")));
    rows.add(
        row("keeps-the-connection", "RFC 9112 §9.3", GET + GET, ok(""))
            .answers(2)
            .expect(zipped(), requests(2)));
    rows.add(
        row(
                "with-trailers",
                "RFC 9110 §6.5",
                get("Accept-Encoding: gzip\r\nConnection: TE\r\nTE: trailers\r\n"),
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTrailer: X-Sum\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + BodyCases.chunked(TEXT, 1000)
                        .replaceFirst("0\r\n\r\n$", "0\r\nX-Sum: 42\r\n\r\n"))
            .expect(status(200), zipped(), trailers(new Field("X-Sum", "42"))));
  }

  private static void streams(List<Case> rows) {
    rows.add(
        Case.of(
                "gzip/event-flushed-at-once",
                "issue 7",
                Case.client(
                    "GET",
                    send(GET),
                    readBody(20),
                    signal("first event"),
                    readBody(36),
                    signal("second event")))
            .with("compression", "gzip")
            .exchange(
                readMessage(),
                send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"),
                await("first event"),
                send("9\r\ndata: 2\n\n\r\n"),
                await("second event"),
                send("0\r\n\r\n"))
            .expect(
                status(200),
                complete(),
                answer(
                    a -> a.body.unzipped().equals("data: 1\n\ndata: 2\n\n"), "not both events")));
    byte[] noise = new byte[1 << 16];
    new Random(3).nextBytes(noise);
    rows.add(
        Case.of(
                "gzip/client-that-does-not-read",
                "issue 3: constant memory",
                Case.client("GET", send(GET), await("stalled"), close()))
            .with("compression", "gzip")
            .exchange(
                readMessage(),
                send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000000\r\n\r\n"),
                sendUntilStalled(noise, 64 << 20, "stalled"),
                close())
            .expect(requests(1)));
    rows.add(
        Case.of("gzip/broken-response-stays-broken", "RFC 9112 §8", GET)
            .with("compression", "gzip")
            .exchange(readMessage(), send(ok("").substring(0, ok("").length() - 100)), close())
            .expect(broken()));
  }

  private static void overHttp2(List<Case> rows) {
    rows.add(
        Case.h2("gzip-by-length", RULE, H2Steps.get(1, "/", "accept-encoding", "gzip"))
            .with("compression", "gzip")
            .exchange(answer(ok("ETag: \"x\"\r\n")))
            .expect(
                status(200),
                complete(),
                field("content-encoding", "gzip"),
                field("etag", "W/\"x\""),
                answer(a -> a.body.unzipped().equals(TEXT), "not the text in gzip")));
    rows.add(
        Case.h2("gzip-not-asked-for", RULE, H2Steps.get(1, "/"))
            .with("compression", "gzip")
            .exchange(answer(ok("")))
            .expect(
                status(200),
                complete(),
                body(TEXT),
                noField("content-encoding"),
                field("vary", "Accept-Encoding")));
  }
}
