package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.trailers;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** Bodies that arrive whole, as they come, and in the framing the receiver understands. */
final class BodyCases {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final byte[] LARGE = Bytes.pattern(3_000_000);

  private BodyCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    framings(rows);
    responseTrailers(rows);
    return rows;
  }

  private static void framings(List<Case> rows) {
    String large = Bytes.text(LARGE);
    rows.add(
        Case.of("body/large-response-by-length", "RFC 9112 §6.2", GET)
            .exchange(
                answer("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE.length + "\r\n\r\n" + large))
            .expect(
                status(200), complete(), body(LARGE), field("Content-Length", "" + LARGE.length)));
    rows.add(
        Case.of("body/large-response-chunked", "RFC 9112 §7.1", GET)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunked(large, 30_011)))
            .expect(status(200), complete(), body(LARGE)));
    rows.add(
        Case.of("body/large-response-until-close", "RFC 9112 §6.3(8)", GET)
            .exchange(answer("HTTP/1.1 200 OK\r\n\r\n" + large), close())
            .expect(status(200), complete(), body(LARGE)));
    rows.add(
        Case.of("body/http-1.0-upstream-until-close", "RFC 9112 §6.3(8)", GET)
            .exchange(answer("HTTP/1.0 200 OK\r\n\r\nhello"), close())
            .expect(
                status(200),
                complete(),
                body("hello"),
                answer(a -> a.startLine.startsWith("HTTP/1.1"), "not the proxy's own version")));
    rows.add(
        Case.of("body/response-chunk-byte-by-byte", "RFC 9112 §7.1", GET)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunked("hello world", 1)))
            .expect(status(200), complete(), body("hello world")));
    rows.add(
        Case.of("body/response-chunk-extensions-dropped", "RFC 9112 §7.1.1", GET)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0;c\r\n\r\n"))
            .expect(status(200), complete(), body("ok")));
    rows.add(
        Case.of(
                "body/large-request-by-length",
                "RFC 9112 §6.2",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: "
                    + LARGE.length
                    + "\r\n\r\n"
                    + large)
            .expect(status(200), requests(1), getsBody(LARGE)));
    rows.add(
        Case.of(
                "body/large-request-chunked",
                "RFC 9112 §7.1",
                "PUT / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunked(large, 30_011))
            .expect(status(200), requests(1), getsBody(LARGE)));
    rows.add(
        Case.of("body/content-coding-untouched", "RFC 9110 §7.7", GET)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nETag: \"x\"\r\nContent-Length: 4\r\n\r\n\u001f\u008b\u0008\u0000"))
            .expect(
                status(200),
                body("\u001f\u008b\u0008\u0000"),
                field("Content-Encoding", "gzip"),
                field("ETag", "\"x\"")));
    rows.add(
        Case.of("body/range-answer-untouched", "RFC 9110 §14", GET)
            .exchange(
                answer(
                    "HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nok"))
            .expect(status(206), body("ok"), field("Content-Range", "bytes 0-1/9")));
    rows.add(
        Case.of(
                "body/echo-on-one-connection",
                "RFC 9112 §9.3",
                ("POST /e HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello" + SECOND)
                    .repeat(10))
            .answers(20)
            .expect(
                requests(20),
                seen ->
                    seen.client().answers().stream().allMatch(a -> a.status() == 200 && a.complete)
                        ? null
                        : "not all answered 200"));
  }

  static String chunked(String body, int size) {
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < body.length(); i += size) {
      String part = body.substring(i, Math.min(body.length(), i + size));
      chunks.append(Integer.toHexString(part.length())).append("\r\n").append(part).append("\r\n");
    }
    return chunks.append("0\r\n\r\n").toString();
  }

  private static void responseTrailers(List<Case> rows) {
    String answer =
        "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n";
    rows.add(
        Case.of(
                "trailers/response-passed",
                "RFC 9110 §6.5, issue 3",
                "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: TE\r\nTE: trailers\r\n\r\n")
            .exchange(answer(answer))
            .expect(status(200), complete(), body("ok"), trailers(new Field("X-Sum", "42"))));
    rows.add(
        Case.of("trailers/response-to-who-did-not-ask", "RFC 9110 §6.5.1", GET)
            .exchange(answer(answer))
            .expect(status(200), complete(), body("ok"), trailers(new Field("X-Sum", "42")))
            .expect(status(200), complete(), body("ok"), trailers()));
    rows.add(
        Case.of(
                "trailers/response-dropped-for-http-1.0",
                "RFC 9112 §7.1.2",
                "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n")
            .exchange(answer(answer))
            .expect(status(200), closed(), body("ok")));
    for (String line :
        List.of(
            "Content-Length: 4",
            "Transfer-Encoding: chunked",
            "Connection: close",
            "Rollcall-X: evil")) {
      String name = line.substring(0, line.indexOf(':'));
      rows.add(
          Case.of("trailers/response-without-" + name.toLowerCase(), "RFC 9110 §6.5.1", GET)
              .exchange(
                  answer(
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
                          + line
                          + "\r\nX-Fine: y\r\n\r\n"))
              .expect(
                  status(200),
                  body("ok"),
                  Checks.never("evil"),
                  answer(
                      a -> a.trailers.stream().noneMatch(t -> t.is(name)),
                      name + " came as a trailer")));
    }
  }
}
