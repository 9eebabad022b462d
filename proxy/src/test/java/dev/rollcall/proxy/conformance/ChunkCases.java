package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.noAnswer;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.halfClose;
import static dev.rollcall.proxy.conformance.Steps.reset;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsTrailers;
import static dev.rollcall.proxy.conformance.UpstreamChecks.lacks;
import static dev.rollcall.proxy.conformance.UpstreamChecks.neverGets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;
import static dev.rollcall.proxy.conformance.UpstreamChecks.request;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;

import java.util.ArrayList;
import java.util.List;

/**
 * Chunked request bodies (RFC 9112 §7.1). A body may turn out malformed when its request is already
 * on its way: then the upstream must not see its end.
 */
final class ChunkCases {

  private static final String HEAD =
      "POST /first HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private ChunkCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    malformed(rows);
    repairable(rows);
    valid(rows);
    trailers(rows);
    unfinished(rows);
    return rows;
  }

  private static void malformed(List<Case> rows) {
    String[][] wrong = {
      {"size-empty", "\r\nabc\r\n0\r\n\r\n"},
      {"size-not-hex", "xyz\r\nabc\r\n0\r\n\r\n"},
      {"size-hex-prefix", "0x3\r\nabc\r\n0\r\n\r\n"},
      {"size-plus", "+3\r\nabc\r\n0\r\n\r\n"},
      {"size-minus", "-3\r\nabc\r\n0\r\n\r\n"},
      {"size-underscore", "0_3\r\nabc\r\n0\r\n\r\n"},
      {"size-overflow-64-bits", "10000000000000003\r\nabc\r\n0\r\n\r\n"},
      {"size-overflow-32-bits", "100000003\r\nabc\r\n0\r\n\r\n"},
      {"size-sign-bit", "8000000000000003\r\nabc\r\n0\r\n\r\n"},
      {"size-two-words", "3 3\r\nabc\r\n0\r\n\r\n"},
      {"size-nul", "3\u0000\r\nabc\r\n0\r\n\r\n"},
      {"size-vertical-tab", "\u000b3\r\nabc\r\n0\r\n\r\n"},
      {"data-longer-than-size", "3\r\nabcd\r\n0\r\n\r\n"},
      {"data-without-crlf", "3\r\nabc0\r\n\r\n"},
      {"data-then-two-bytes", "3\r\nabcXX0\r\n\r\n"},
      {"data-then-lf-cr", "3\r\nabc\n\r0\r\n\r\n"},
      {"data-then-cr-only", "3\r\nabc\r0\r\n\r\n"},
      {"extension-nul", "3;a=\u0000\r\nabc\r\n0\r\n\r\n"},
      {"extension-bare-cr", "3;a\rX\r\nabc\r\n0\r\n\r\n"},
      {"last-size-not-hex", "3\r\nabc\r\nz\r\n\r\n"},
      {"trailer-without-colon", "3\r\nabc\r\n0\r\nbad trailer\r\n\r\n"},
      {"trailer-space-before-colon", "3\r\nabc\r\n0\r\nX : y\r\n\r\n"},
      {"trailer-nul", "3\r\nabc\r\n0\r\nX: \u0000\r\n\r\n"},
      {"trailer-empty-name", "3\r\nabc\r\n0\r\n: y\r\n\r\n"},
    };
    for (String[] row : wrong) {
      rows.add(
          Case.of("chunked/" + row[0], "RFC 9112 §7.1, §7.1.2", HEAD + row[1] + SMUGGLED)
              .expect(status(400), closed(), noneComplete(), neverGets("/smuggled")));
    }
    // Where upstreams differ in what ends a chunk's line, an extension can hide a request
    // (TERM.EXT and EXT.TERM, 2025); refused, or passed on without it.
    String[][] hiding = {
      {"extension-bare-lf", "3;a\nabc\r\n0\r\n\r\n"},
      {"extension-lf-inside", "3;\nX\r\nabc\r\n0\r\n\r\n"},
      {"size-bare-lf", "3\nabc\r\n0\r\n\r\n"},
      {"data-then-bare-lf", "3\r\nabc\n0\r\n\r\n"},
      {"last-bare-lf", "3\r\nabc\r\n0\n\n"},
      {"size-space-behind", "3 \r\nabc\r\n0\r\n\r\n"},
      {"size-space-before", " 3\r\nabc\r\n0\r\n\r\n"},
      {"extension-empty", "3;\r\nabc\r\n0\r\n\r\n"},
      {"trailer-bare-lf", "3\r\nabc\r\n0\r\nX: y\n\r\n"},
      {"trailer-obs-fold", "3\r\nabc\r\n0\r\nX: y\r\n z\r\n\r\n"},
    };
    for (String[] row : hiding) {
      rows.add(
          Case.of("chunked/" + row[0], "RFC 9112 §7.1.1, §2.2, CVE-2025-66373 kin", HEAD + row[1])
              .expect(status(400), closed(), noneComplete())
              .expect(status(200), requests(1), getsBody("abc")));
    }
  }

  private static void repairable(List<Case> rows) {
    String flood = "3;" + "x".repeat(100_000) + "\r\nabc\r\n0\r\n\r\n";
    rows.add(
        Case.of("chunked/extension-of-100-kb", "RFC 9112 §7.1.1, CVE-2023-39326", HEAD + flood)
            .expect(status(400, 413, 431), closed(), noneComplete())
            .expect(status(200), requests(1), getsBody("abc")));
    rows.add(
        Case.of(
                "chunked/size-of-1000-zeros",
                "RFC 9112 §7.1",
                HEAD + "0".repeat(1000) + "3\r\nabc\r\n0\r\n\r\n")
            .expect(status(400), closed(), noneComplete())
            .expect(status(200), requests(1), getsBody("abc")));
  }

  private static void valid(List<Case> rows) {
    String[][] fine = {
      {"one-chunk", "3\r\nabc\r\n0\r\n\r\n", "abc"},
      {"byte-by-byte", "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n", "abc"},
      {"empty", "0\r\n\r\n", ""},
      {"leading-zeros", "0003\r\nabc\r\n000\r\n\r\n", "abc"},
      {"upper-case-hex", "A\r\n0123456789\r\n0\r\n\r\n", "0123456789"},
      {"lower-case-hex", "a\r\n0123456789\r\n0\r\n\r\n", "0123456789"},
      {"extension", "3;a=b;c\r\nabc\r\n0;z\r\n\r\n", "abc"},
      {"extension-quoted", "3;a=\"b c;d\"\r\nabc\r\n0\r\n\r\n", "abc"},
      {"data-looks-like-a-request", "28\r\n" + SMUGGLED + "\r\n0\r\n\r\n", SMUGGLED},
      {"data-looks-like-an-end", "7\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n\r\n"},
    };
    for (String[] row : fine) {
      rows.add(
          Case.of("chunked/valid-" + row[0], "RFC 9112 §7.1", HEAD + row[1])
              .expect(status(200), requests(1), getsBody(row[2])));
    }
    rows.add(
        Case.of(
                "chunked/valid-next-request-follows",
                "RFC 9112 §9.3.2",
                HEAD + "3\r\nabc\r\n0\r\n\r\nGET /second HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .answers(2)
            .expect(statuses(200, 200), targets("/first", "/second"), getsBody("abc")));
  }

  private static void trailers(List<Case> rows) {
    rows.add(
        Case.of(
                "trailers/request-passed",
                "RFC 9110 §6.5, 9112 §7.1.2",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTrailer: X-Sum, X-Two\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 42\r\nX-Two: \r\n\r\n")
            .expect(
                status(200),
                requests(1),
                getsBody("abc"),
                getsTrailers(new Field("X-Sum", "42"), new Field("X-Two", ""))));
    String[] forbidden = {
      "Content-Length: 40",
      "Transfer-Encoding: chunked",
      "Host: evil.test",
      "Connection: close",
      "Rollcall-Override: x",
      "X-Forwarded-For: 6.6.6.6",
      "Authorization: evil",
      "Trailer: X",
      "Content-Type: text/evil",
      "TE: trailers",
    };
    for (String line : forbidden) {
      String name = line.substring(0, line.indexOf(':'));
      rows.add(
          Case.of(
                  "trailers/request-without-" + name.toLowerCase(),
                  "RFC 9110 §6.5.1",
                  HEAD + "3\r\nabc\r\n0\r\n" + line + "\r\nX-Fine: y\r\n\r\n")
              .expect(status(400), closed(), noneComplete())
              .expect(
                  status(200),
                  requests(1),
                  getsBody("abc"),
                  request(
                      r -> r.trailers.stream().noneMatch(t -> t.is(name)),
                      name + " came as a trailer"),
                  neverGets("evil"),
                  name.equals("Content-Length") ? lacks(name) : requests(1)));
    }
    rows.add(
        Case.of(
                "trailers/request-of-100-kb",
                "RFC 9110 §6.5, limits",
                HEAD + "3\r\nabc\r\n0\r\nX: " + "x".repeat(100_000) + "\r\n\r\n")
            .expect(status(400, 413, 431), closed(), noneComplete()));
    rows.add(
        Case.of(
                "trailers/request-of-1000-lines",
                "RFC 9110 §6.5, limits",
                HEAD + "3\r\nabc\r\n0\r\n" + "X: y\r\n".repeat(1000) + "\r\n")
            .expect(status(400, 413, 431), closed(), noneComplete())
            .expect(status(200), requests(1), getsBody("abc")));
  }

  private static void unfinished(List<Case> rows) {
    String length = "POST /first HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100\r\n\r\nabc";
    String[][] cut = {
      {"length", length},
      {"in-chunk-size", HEAD + "3\r\nabc\r\n1"},
      {"in-chunk-data", HEAD + "5\r\nabc"},
      {"between-chunks", HEAD + "3\r\nabc\r\n"},
      {"before-last-crlf", HEAD + "3\r\nabc\r\n0\r\n"},
      {"in-trailers", HEAD + "3\r\nabc\r\n0\r\nX: y\r\n"},
    };
    for (String[] row : cut) {
      rows.add(
          Case.of(
                  "cut-by-client/" + row[0],
                  "RFC 9112 §8",
                  Case.client("POST", send(row[1]), halfClose()))
              .expect(noAnswer(), noneComplete())
              .expect(status(400, 408, 499), noneComplete()));
      rows.add(
          Case.of(
                  "cut-by-client/" + row[0] + "-reset",
                  "RFC 9112 §8",
                  Case.client("POST", send(row[1]), reset()))
              .expect(noneComplete()));
    }
    rows.add(
        Case.of(
                "cut-by-client/in-head",
                "RFC 9112 §8",
                Case.client("GET", send("GET / HTTP/1.1\r\nHost: a.test\r\n"), halfClose()))
            .expect(noAnswer(), noneComplete())
            .expect(status(400, 408), noneComplete()));
  }
}
