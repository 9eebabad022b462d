package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsMatching;
import static dev.rollcall.proxy.conformance.UpstreamChecks.lacks;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.sees;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** Field lines and line ends (RFC 9112 §2.2 and §5, RFC 9110 §5), and Host (RFC 9112 §3.2). */
final class FieldCases {

  private FieldCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    malformed(rows);
    repairable(rows);
    opaque(rows);
    hosts(rows);
    return rows;
  }

  private static String get(String lines) {
    return "GET / HTTP/1.1\r\nHost: a.test\r\n" + lines + "\r\n";
  }

  private static void malformed(List<Case> rows) {
    String[][] wrong = {
      {"space-before-colon", "X : y\r\n", "RFC 9112 §5.1"},
      {"tab-before-colon", "X\t: y\r\n", "RFC 9112 §5.1"},
      {"space-in-name", "X Y: y\r\n", "RFC 9110 §5.1"},
      {"no-colon", "nonsense\r\n", "RFC 9112 §5"},
      {"empty-name", ": y\r\n", "RFC 9110 §5.1"},
      {"name-with-parenthesis", "X(Y): y\r\n", "RFC 9110 §5.1"},
      {"name-with-slash", "X/Y: y\r\n", "RFC 9110 §5.1"},
      {"name-with-at", "X@Y: y\r\n", "RFC 9110 §5.1"},
      {"name-with-quote", "\"X\": y\r\n", "RFC 9110 §5.1"},
      {"name-with-nul", "X\u0000Y: y\r\n", "RFC 9110 §5.1"},
      {"name-with-control", "X\u0001Y: y\r\n", "RFC 9110 §5.1"},
      {"name-with-delete", "X\u007fY: y\r\n", "RFC 9110 §5.1"},
      {"name-with-high-byte", "X\u00e9Y: y\r\n", "RFC 9110 §5.1"},
      {"value-with-nul", "X: a\u0000b\r\n", "RFC 9110 §5.5"},
      {"value-with-bare-cr", "X: a\rb\r\n", "RFC 9110 §5.5, 9112 §2.2"},
      {"value-ending-in-cr", "X: a\r\r\n", "RFC 9112 §2.2"},
      {"value-with-control-1", "X: a\u0001b\r\n", "RFC 9110 §5.5, issue 3"},
      {"value-with-backspace", "X: a\bb\r\n", "RFC 9110 §5.5, issue 3"},
      {"value-with-escape", "X: a\u001bb\r\n", "RFC 9110 §5.5, issue 3"},
      {"value-with-delete", "X: a\u007fb\r\n", "RFC 9110 §5.5, issue 3"},
      {"value-with-vertical-tab", "X: a\u000bb\r\n", "RFC 9110 §5.5, issue 3"},
      {"value-with-form-feed", "X: a\fb\r\n", "RFC 9110 §5.5, issue 3"},
    };
    for (String[] row : wrong) {
      boolean replaceable = row[0].startsWith("value");
      Case c =
          Case.of("field/" + row[0], row[2], get(row[1]))
              .expect(status(400), closed(), untouched());
      // §5.5 lets a recipient replace what is invalid in a value by a space.
      rows.add(replaceable ? c.expect(status(200), requests(1), getsMatching("X", "a( b)?")) : c);
    }
    rows.add(
        Case.of(
                "field/space-before-the-first",
                "RFC 9112 §2.2",
                "GET / HTTP/1.1\r\n Host: evil.test\r\nHost: a.test\r\n\r\n")
            .expect(status(400), closed(), untouched())
            .expect(status(200), requests(1), gets("Host", "a.test")));
    rows.add(
        Case.of(
                "field/cr-only-line-ends",
                "RFC 9112 §2.2",
                Case.client(
                    "GET", Steps.send("GET / HTTP/1.1\rHost: a.test\r\r"), Steps.halfClose()))
            .expect(status(400), untouched())
            .expect(Checks.noAnswer(), untouched()));
  }

  private static void repairable(List<Case> rows) {
    String[][] repairable = {
      {"obs-fold-space", get("X: a\r\n b\r\n"), "RFC 9112 §5.2"},
      {"obs-fold-tab", get("X: a\r\n\tb\r\n"), "RFC 9112 §5.2"},
    };
    for (String[] row : repairable) {
      rows.add(
          Case.of("field/" + row[0], row[2], row[1])
              .expect(status(400), closed(), untouched())
              .expect(status(200), requests(1), getsMatching("X", "a\\s+b")));
    }
    String[][] bareLf = {
      {"bare-lf-everywhere", "GET / HTTP/1.1\nHost: a.test\n\n"},
      {"bare-lf-behind-request-line", "GET / HTTP/1.1\nHost: a.test\r\n\r\n"},
      {"bare-lf-behind-field", "GET / HTTP/1.1\r\nHost: a.test\n\r\n"},
      {"bare-lf-as-the-empty-line", "GET / HTTP/1.1\r\nHost: a.test\r\n\n"},
    };
    for (String[] row : bareLf) {
      rows.add(
          Case.of("field/" + row[0], "RFC 9112 §2.2", row[1])
              .expect(status(400), closed(), untouched())
              .expect(status(200), requests(1), gets("Host", "a.test")));
    }
    rows.add(
        Case.of(
                "field/empty-line-before-the-request",
                "RFC 9112 §2.2",
                "\r\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .expect(status(200), requests(1), sees("GET", "/")));
  }

  private static void opaque(List<Case> rows) {
    rows.add(
        Case.of("field/high-bytes-in-value-kept", "RFC 9110 §5.5", get("X: caf\u00e9 \u00ff\r\n"))
            .expect(status(200), requests(1), gets("X", "caf\u00e9 \u00ff")));
    rows.add(
        Case.of(
                "field/every-token-character-in-name",
                "RFC 9110 §5.6.2",
                get("a!#$%&'*+-.^_`|~9: y\r\n"))
            .expect(status(200), requests(1), gets("a!#$%&'*+-.^_`|~9", "y")));
    rows.add(
        Case.of("field/empty-value-kept", "RFC 9110 §5.5", get("X:\r\nY: \t \r\n"))
            .expect(status(200), requests(1), gets("X", ""), gets("Y", "")));
    rows.add(
        Case.of("field/white-space-around-value", "RFC 9110 §5.5", get("X:a\r\nY: \t a b\t \r\n"))
            .expect(status(200), requests(1), gets("X", "a"), gets("Y", "a b")));
    rows.add(
        Case.of("field/repeated-lines-in-order", "RFC 9110 §5.3", get("X: 1\r\nx: 2\r\nX: 3\r\n"))
            .expect(status(200), requests(1), gets("X", "1", "2", "3"))
            .expect(status(200), requests(1), getsMatching("X", "1, ?2, ?3")));
    rows.add(
        Case.of(
                "field/cookie-and-authorization-kept",
                "RFC 9110 §7.7",
                get("Cookie: a=\"b\"; c=d\r\nAuthorization: Basic dTpw\r\nAccept: */*\r\n"))
            .expect(
                status(200),
                gets("Cookie", "a=\"b\"; c=d"),
                gets("Authorization", "Basic dTpw"),
                gets("Accept", "*/*"),
                lacks("Accept-Encoding", "User-Agent")));
  }

  private static void hosts(List<Case> rows) {
    String[][] refused = {
      {"missing", ""},
      {"two-same", "Host: a.test\r\nHost: a.test\r\n"},
      {"two-differing", "Host: a.test\r\nHost: evil.test\r\n"},
      {"two-one-empty", "Host: a.test\r\nHost:\r\n"},
      {"space-inside", "Host: a.test evil.test\r\n"},
      {"path-inside", "Host: a.test/evil\r\n"},
      {"user-inside", "Host: user@a.test\r\n"},
      {"scheme-inside", "Host: http://a.test\r\n"},
      {"query-inside", "Host: a.test?x\r\n"},
      {"fragment-inside", "Host: a.test#x\r\n"},
      {"backslash-inside", "Host: a.test\\evil\r\n"},
      {"port-letters", "Host: a.test:http\r\n"},
      {"two-ports", "Host: a.test:80:80\r\n"},
      {"bracket-open", "Host: [::1\r\n"},
      {"bracket-junk", "Host: [::1]evil\r\n"},
      {"bracket-no-address", "Host: [zz]\r\n"},
      {"nul", "Host: a.test\u0000\r\n"},
      {"angle", "Host: <a.test>\r\n"},
      {"bad-percent", "Host: a%zz.test\r\n"},
      {"space-before-colon", "Host : a.test\r\n"},
    };
    for (String[] row : refused) {
      rows.add(
          Case.of("host/" + row[0], "RFC 9112 §3.2", "GET / HTTP/1.1\r\n" + row[1] + "\r\n")
              .expect(status(400), closed(), untouched()));
    }
    rows.add(
        Case.of("host/empty", "RFC 9112 §3.2", "GET / HTTP/1.1\r\nHost:\r\n\r\n")
            .expect(status(400), closed(), untouched())
            .expect(status(200), requests(1), gets("Host", "")));
    rows.add(
        Case.of(
                "host/two-on-http-1.0",
                "RFC 9112 §3.2",
                "GET / HTTP/1.0\r\nHost: a.test\r\nHost: evil.test\r\n\r\n")
            .expect(status(400), closed(), untouched()));
    for (String host :
        List.of(
            "a.test",
            "A.Test",
            "a.test:8080",
            "a.test:",
            "127.0.0.1:1",
            "[::1]:80",
            "[fe80::1]",
            "a_b.test",
            "xn--4ca.test",
            "a.test.",
            "a-b~c!$&'()*+,;=d.test",
            "caf%C3%A9.test")) {
      rows.add(
          Case.of(
                  "host/kept-" + host,
                  "RFC 9110 §7.2, issue 3",
                  "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
              .expect(status(200), requests(1), gets("Host", host)));
    }
    rows.add(
        Case.of("host/none-on-http-1.0", "RFC 9112 §3.2", "GET / HTTP/1.0\r\n\r\n")
            .expect(status(200), requests(1), sees("GET", "/")));
  }
}
