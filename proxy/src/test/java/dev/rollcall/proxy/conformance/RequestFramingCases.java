package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.sees;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a request ends: Content-Length and Transfer-Encoding (RFC 9112 §6). Whoever is wrong here
 * lets one client speak in another's name, so the verdict is by what the upstream received.
 */
final class RequestFramingCases {

  private static final String POST = "POST /first HTTP/1.1\r\nHost: a.test\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private RequestFramingCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    lengths(rows);
    repairableLengths(rows);
    codings(rows);
    valid(rows);
    return rows;
  }

  private static void lengths(List<Case> rows) {
    String[][] wrong = {
      {"plus", "+3"},
      {"minus", "-3"},
      {"hex", "0x3"},
      {"empty", ""},
      {"letters", "three"},
      {"fraction", "3.0"},
      {"exponent", "3e0"},
      {"two-numbers", "3 3"},
      {"list-differing", "3, 4"},
      {"list-half-empty", "3,"},
      {"semicolon", "3;"},
      {"vertical-tab", "\u000b3"},
      {"nul", "3\u0000"},
      {"overflow-64-bits", "18446744073709551619"},
      {"arabic-digit", "\u00d9\u00a3"},
    };
    for (String[] row : wrong) {
      rows.add(
          Case.of(
                  "content-length/" + row[0],
                  "RFC 9110 §8.6, 9112 §6.3(5)",
                  POST + "Content-Length: " + row[1] + "\r\n\r\nabc" + SMUGGLED)
              .expect(status(400, 413), closed(), untouched()));
    }
    rows.add(
        Case.of(
                "content-length/two-lines-differing",
                "RFC 9112 §6.3(5), CWE-444",
                POST + "Content-Length: 3\r\nContent-Length: 49\r\n\r\nabc" + SMUGGLED)
            .expect(status(400), closed(), untouched()));
    rows.add(
        Case.of(
                "content-length/three-lines-last-differing",
                "RFC 9112 §6.3(5)",
                POST + "Content-Length: 3\r\nContent-Length: 3\r\ncontent-length: 4\r\n\r\nabc")
            .expect(status(400), closed(), untouched()));
    rows.add(
        Case.of(
                "content-length/on-get-differing",
                "RFC 9112 §6.3(5)",
                "GET / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n"
                    + SMUGGLED)
            .expect(status(400), closed(), untouched()));
  }

  private static void repairableLengths(List<Case> rows) {
    String[][] repairable = {
      {"list-same", "Content-Length: 3, 3"},
      {"two-lines-same", "Content-Length: 3\r\nContent-Length: 3"},
      {"leading-zeros", "Content-Length: 0003"},
    };
    for (String[] row : repairable) {
      rows.add(
          Case.of("content-length/" + row[0], "RFC 9110 §8.6", POST + row[1] + "\r\n\r\nabc")
              .expect(status(400), closed(), untouched())
              .expect(status(200), requests(1), getsBody("abc")));
    }
  }

  private static void codings(List<Case> rows) {
    String[][] wrong = {
      {"unknown", "xchunked"},
      {"gzip-then-chunked", "gzip, chunked"},
      {"chunked-then-gzip", "chunked, gzip"},
      {"identity", "identity"},
      {"chunked-then-identity", "chunked, identity"},
      {"twice-in-list", "chunked, chunked"},
      {"two-lines", "chunked\r\nTransfer-Encoding: chunked"},
      {"two-lines-unknown", "chunked\r\nTransfer-Encoding: cow"},
      {"two-lines-identity-first", "identity\r\nTransfer-Encoding: chunked"},
      {"parameter", "chunked;q=1"},
      {"quoted", "\"chunked\""},
      {"single-quoted", "'chunked'"},
      {"vertical-tab", "\u000bchunked"},
      {"form-feed-behind", "chunked\f"},
      {"nul-inside", "chun\u0000ked"},
      {"nul-behind", "chunked\u0000"},
      {"no-break-space", "\u00a0chunked"},
      {"high-byte-behind", "chunked\u00ff"},
      {"bare-cr-behind", "chunked\rX"},
      {"empty", ""},
      {"comma-first", ", chunked"},
      {"comma-last", "chunked,"},
      {"space-inside", "chu nked"},
    };
    for (String[] row : wrong) {
      rows.add(
          Case.of(
                  "transfer-encoding/" + row[0],
                  "RFC 9112 §6.1, §6.3(4), CWE-444",
                  POST + "Transfer-Encoding: " + row[1] + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
              .expect(status(400, 501), closed(), untouched())
              .expect(status(200), requests(1), getsBody("abc")));
    }
    String[][] hidden = {
      {"space-before-colon", "Transfer-Encoding : chunked"},
      {"tab-before-colon", "Transfer-Encoding\t: chunked"},
      {"vertical-tab-before-colon", "Transfer-Encoding\u000b: chunked"},
      {"nul-before-colon", "Transfer-Encoding\u0000: chunked"},
      {"leading-space", " Transfer-Encoding: chunked"},
      {"folded-name", "X: y\r\n Transfer-Encoding: chunked"},
      {"behind-bare-lf", "X: y\nTransfer-Encoding: chunked"},
      {"behind-bare-cr", "X: y\rTransfer-Encoding: chunked"},
      {"behind-nul", "X: y\u0000Transfer-Encoding: chunked"},
      {"folded-value", "Transfer-Encoding:\r\n chunked"},
    };
    for (String[] row : hidden) {
      rows.add(
          Case.of(
                  "transfer-encoding/hidden-" + row[0],
                  "RFC 9112 §2.2, §5.1, §5.2",
                  POST + "Content-Length: 5\r\n" + row[1] + "\r\n\r\n0\r\n\r\n" + SMUGGLED)
              .expect(status(400, 501), closed(), untouched())
              // Repaired, the field is either no framing field (five bytes are the body and what
              // follows is a request of its own), or one, and then nothing may follow.
              .expect(statuses(200, 200), targets("/first", "/smuggled"), getsBody("0\r\n\r\n"))
              .expect(status(200), closed(), requests(1), getsBody(""))
              .answers(2));
    }
  }

  private static void valid(List<Case> rows) {
    for (String value : List.of("Chunked", "CHUNKED", " \t chunked \t ")) {
      rows.add(
          Case.of(
                  "transfer-encoding/valid-" + value.strip() + (value.length() > 7 ? "-ows" : ""),
                  "RFC 9112 §6.1, 9110 §5.6.3",
                  POST + "Transfer-Encoding:" + value + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
              .expect(status(200), requests(1), getsBody("abc")));
    }
    rows.add(
        Case.of(
                "content-length/valid-with-ows",
                "RFC 9110 §5.6.3",
                POST + "Content-Length:  \t3 \t\r\n\r\nabc")
            .expect(status(200), requests(1), sees("POST", "/first"), getsBody("abc")));
    rows.add(
        Case.of(
                "content-length/next-request-follows",
                "RFC 9112 §9.3.2",
                POST + "Content-Length: 3\r\n\r\nabcGET /second HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .answers(2)
            .expect(statuses(200, 200), targets("/first", "/second"), getsBody("abc")));
    rows.add(
        Case.of("content-length/zero-on-post", "RFC 9110 §8.6", POST + "Content-Length: 0\r\n\r\n")
            .expect(status(200), requests(1), getsBody("")));
    rows.add(
        Case.of("content-length/none-on-post", "RFC 9112 §6.3(7)", POST + "\r\n")
            .expect(status(200), requests(1), getsBody("")));
  }
}
