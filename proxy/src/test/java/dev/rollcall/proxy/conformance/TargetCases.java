package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.fieldMatches;
import static dev.rollcall.proxy.conformance.Checks.noAnswer;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.request;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.sees;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** The request line: method, target in its four forms, version (RFC 9112 §2.3 and §3). */
final class TargetCases {

  private static final String HOST = "Host: a.test\r\n\r\n";

  private TargetCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    methods(rows);
    lines(rows);
    untouchedBytes(rows);
    return rows;
  }

  private static void methods(List<Case> rows) {
    String[][] wrong = {
      {"at-sign", "G@T"},
      {"parenthesis", "GET("},
      {"quoted", "\"GET\""},
      {"colon", "GET:"},
      {"slash", "G/T"},
      {"nul", "G\u0000T"},
      {"control", "G\u0001T"},
      {"high-byte", "G\u00c9T"},
      {"comma", "GET,POST"},
      {"empty", ""},
    };
    for (String[] row : wrong) {
      rows.add(
          Case.of("method/" + row[0], "RFC 9110 §9.1, 9112 §3", row[1] + " / HTTP/1.1\r\n" + HOST)
              .expect(status(400), closed(), untouched()));
    }
    rows.add(
        Case.of("method/of-20-kb", "RFC 9112 §3", "G".repeat(20_000) + " / HTTP/1.1\r\n" + HOST)
            .expect(status(400, 414, 431, 501), closed(), untouched()));
    for (String method :
        List.of("GET", "PROPFIND", "M-SEARCH", "get", "PATCH", "X!#$%&'*+.^_`|~")) {
      rows.add(
          Case.of("method/kept-" + method, "RFC 9110 §9.1", method + " /x HTTP/1.1\r\n" + HOST)
              .expect(status(200), requests(1), sees(method, "/x")));
    }
    for (String method : List.of("TRACE", "CONNECT")) {
      String target = method.equals("TRACE") ? "/" : "a.test:80";
      rows.add(
          Case.of(
                  "method/" + method + "-not-allowed",
                  "RFC 9110 §15.5.6, issue 3",
                  method + " " + target + " HTTP/1.1\r\n" + HOST)
              .expect(status(405), fieldMatches("Allow", ".*GET.*"), untouched()));
    }
    rows.add(
        Case.of(
                "method/CONNECT-bytes-behind-it",
                "RFC 9110 §9.3.6, issue 3",
                "CONNECT a.test:80 HTTP/1.1\r\nHost: a.test:80\r\n\r\nGET /smuggled HTTP/1.1\r\n"
                    + HOST)
            .expect(status(405, 400), closed(), untouched()));
    rows.add(
        Case.of(
                "method/OPTIONS-max-forwards-0",
                "RFC 9110 §7.6.2",
                "OPTIONS /x HTTP/1.1\r\nMax-Forwards: 0\r\n" + HOST)
            .expect(status(200, 204, 405), untouched()));
    rows.add(
        Case.of(
                "method/OPTIONS-max-forwards-5",
                "RFC 9110 §7.6.2",
                "OPTIONS /x HTTP/1.1\r\nMax-Forwards: 5\r\n" + HOST)
            .expect(status(200), requests(1), gets("Max-Forwards", "4")));
  }

  private static void lines(List<Case> rows) {
    String[][] wrong = {
      {"no-version", "GET /\r\n"},
      {"no-target", "GET HTTP/1.1\r\n"},
      {"lower-case-version", "GET / http/1.1\r\n"},
      {"version-with-junk", "GET / HTTP/1.1x\r\n"},
      {"version-two-digits", "GET / HTTP/01.1\r\n"},
      {"version-minor-two-digits", "GET / HTTP/1.10\r\n"},
      {"version-no-minor", "GET / HTTP/1\r\n"},
      {"version-other-protocol", "GET / ICAP/1.1\r\n"},
      {"version-0.9", "GET / HTTP/0.9\r\n"},
      {"version-2.0", "GET / HTTP/2.0\r\n"},
      {"version-3.0", "GET / HTTP/3.0\r\n"},
      {"space-in-target", "GET /a b HTTP/1.1\r\n"},
      {"target-without-slash", "GET foo HTTP/1.1\r\n"},
      {"target-nul", "GET /a\u0000b HTTP/1.1\r\n"},
      {"target-control", "GET /a\u0001b HTTP/1.1\r\n"},
      {"target-delete", "GET /a\u007fb HTTP/1.1\r\n"},
      {"target-tab", "GET /a\tb HTTP/1.1\r\n"},
      {"target-fragment", "GET /a#b HTTP/1.1\r\n"},
      {"target-fragment-in-query", "GET /a?b#c HTTP/1.1\r\n"},
      {"target-asterisk-on-get", "GET * HTTP/1.1\r\n"},
      {"target-authority-on-get", "GET a.test:80 HTTP/1.1\r\n"},
      {"target-query-only", "GET ?a HTTP/1.1\r\n"},
    };
    for (String[] row : wrong) {
      rows.add(
          Case.of("request-line/" + row[0], "RFC 9112 §3, §2.3", row[1] + HOST)
              .expect(status(400, 505), closed(), untouched()));
    }
    String[][] repairable = {
      {"two-spaces", "GET  / HTTP/1.1\r\n"},
      {"tab-between", "GET\t/ HTTP/1.1\r\n"},
      {"space-before-method", " GET / HTTP/1.1\r\n"},
      {"bare-cr-between", "GET /\r HTTP/1.1\r\n"},
      {"space-behind", "GET / HTTP/1.1 \r\n"},
      {"version-1.2", "GET / HTTP/1.2\r\n"},
    };
    for (String[] row : repairable) {
      rows.add(
          Case.of("request-line/" + row[0], "RFC 9112 §3, 9110 §2.5", row[1] + HOST)
              .expect(status(400, 505), closed(), untouched())
              .expect(status(200), requests(1), sees("GET", "/")));
    }
    rows.add(
        Case.of(
                "request-line/http-0.9",
                "RFC 9112 §2.3",
                Case.client("GET", Steps.send("GET /\r\n"), Steps.halfClose()))
            .expect(status(400, 505), untouched())
            .expect(noAnswer(), untouched()));
    rows.add(
        Case.of(
                "request-line/tls-hello",
                "issue 3",
                Case.client(
                    "GET",
                    Steps.send(
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"),
                    Steps.halfClose()))
            .expect(status(400), untouched())
            .expect(noAnswer(), untouched()));
    rows.add(
        Case.of("request-line/upstream-gets-1.1", "RFC 9112 §2.3", "GET / HTTP/1.0\r\n" + HOST)
            .expect(
                status(200),
                request(r -> r.startLine.endsWith(" HTTP/1.1"), "not the proxy's own version")));
  }

  private static void untouchedBytes(List<Case> rows) {
    String[] targets = {
      "/a%2Fb%2fc",
      "/a//b///c",
      "//evil.test/x",
      "/%7Euser/%41",
      "/a;p=1;q/b",
      "/?",
      "/a?b=c&&d=%20+e",
      "/?u=http://b.test/?x=y",
      "/a?b?c",
      "/a/./b",
      "/a/b/../c",
      "/%E4%F6",
      "/a/",
      "/a,b@c:d=e$f!g'h(i)j*k+l",
      "/a%3Fb%23c",
      "/?[]=1",
    };
    for (String target : targets) {
      rows.add(
          Case.of(
                  "target/kept-" + target,
                  "RFC 9110 §7.7, issue 3",
                  "GET " + target + " HTTP/1.1\r\n" + HOST)
              .expect(status(200), requests(1), sees("GET", target)));
    }
    String[] outsideTheGrammar = {
      "/caf\u00c3\u00a9",
      "/a|b",
      "/a{b}",
      "/a\"b",
      "/a<b>",
      "/a^b`",
      "/a\\b",
      "/%",
      "/%zz",
      "/?%u0041",
      "/%00",
      "/../x"
    };
    for (String target : outsideTheGrammar) {
      rows.add(
          Case.of(
                  "target/kept-or-refused-" + Bytes.shown(target),
                  "RFC 9112 §3.2, issue 3",
                  "GET " + target + " HTTP/1.1\r\n" + HOST)
              .expect(status(400), closed(), untouched())
              .expect(status(200), requests(1), sees("GET", target)));
    }
  }
}
