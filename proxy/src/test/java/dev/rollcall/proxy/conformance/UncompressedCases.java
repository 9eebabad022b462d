package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.GzipCases.GET;
import static dev.rollcall.proxy.conformance.GzipCases.RULE;
import static dev.rollcall.proxy.conformance.GzipCases.TEXT;
import static dev.rollcall.proxy.conformance.GzipCases.get;
import static dev.rollcall.proxy.conformance.GzipCases.ok;
import static dev.rollcall.proxy.conformance.GzipCases.row;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** Answers that stay as they are although compression is on, and why. */
final class UncompressedCases {

  private UncompressedCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    same(rows, "off-by-default", Case.of("gzip/off-by-default", RULE, GET), ok(""));
    same(rows, "client-does-not-take-it", null, ok(""), get("Accept-Encoding: br\r\n"));
    same(rows, "client-says-nothing", null, ok(""), get(""));
    same(rows, "client-refuses-it", null, ok(""), get("Accept-Encoding: gzip;q=0, *\r\n"));
    same(rows, "no-transform", null, ok("Cache-Control: public, no-transform\r\n"));
    same(
        rows,
        "client-wants-no-transform",
        null,
        ok(""),
        get("Accept-Encoding: gzip\r\nCache-Control: no-transform\r\n"));
    same(rows, "has-a-digest", null, ok("Content-Digest: sha-256=:AAAA:\r\n"));
    same(rows, "other-types", null, ok("").replace("text/plain", "image/png"));
    same(
        rows,
        "http-1.0-client",
        null,
        ok(""),
        "GET / HTTP/1.0\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");
    String part =
        "HTTP/1.1 206 Partial Content\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-4999/9999\r\n"
            + ok("").substring(ok("").indexOf("Content-Length"));
    rows.add(
        row("part-of-a-whole", "RFC 9110 §14", GET, part)
            .expect(status(206), body(TEXT), noField("Content-Encoding")));
    rows.add(
        row("already-encoded", RULE, GET, ok("Content-Encoding: br\r\nETag: \"x\"\r\n"))
            .expect(body(TEXT), field("Content-Encoding", "br"), field("ETag", "\"x\"")));
    String small = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok";
    rows.add(row("short", RULE, GET, small).expect(body("ok"), noField("Content-Encoding")));
    rows.add(
        row("short-counts-by-setting", RULE, GET, small)
            .with("compression.min-size", "2B")
            .expect(
                field("Content-Encoding", "gzip"),
                answer(a -> a.body.unzipped().equals("ok"), "not ok")));
    rows.add(
        Case.of(
                "gzip/head-request",
                "RFC 9110 §9.3.2",
                new RawClient(
                    List.of("HEAD", "GET"),
                    List.of(send(GET.replace("GET", "HEAD")), send(get("")))))
            .with("compression", "gzip")
            .exchange(answer(ok("").replace(TEXT, "")))
            .exchange(Steps.answerSeen())
            .answers(2)
            .expect(
                field("Content-Length", "" + TEXT.length()),
                noField("Content-Encoding"),
                requests(2)));
    rows.add(
        row(
                "204-has-no-body",
                "RFC 9110 §15.3.5",
                GET,
                "HTTP/1.1 204 No Content\r\nContent-Type: text/plain\r\n\r\n")
            .expect(status(204), noField("Content-Encoding")));
    return rows;
  }

  private static void same(List<Case> rows, String what, Case given, String response) {
    same(rows, what, given, response, GET);
  }

  private static void same(
      List<Case> rows, String what, Case given, String response, String request) {
    Case row =
        given == null ? row(what, RULE, request, response) : given.exchange(answer(response));
    rows.add(row.expect(status(200), complete(), body(TEXT), noField("Content-Encoding")));
  }
}
