package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.fieldMatches;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Steps.answer;

import java.util.ArrayList;
import java.util.List;

/** What of the upstream a client never learns (contract: one URL). */
final class IdentityCases {

  private static final String GET = "GET /x HTTP/1.1\r\nHost: a.test:8080\r\n\r\n";

  private IdentityCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    hidden(rows);
    locations(rows);
    return rows;
  }

  private static void hidden(List<Case> rows) {
    rows.add(
        Case.of("identity/response-fields-removed", "contract: what a client sees", GET)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nServer: Jetty(9.1)\r\nX-Powered-By: PHP\r\nRollcall-Instance: up-1\r\nrollcall-x: up-1\r\nVia: 1.1 up-1\r\nX-Fine: y\r\nContent-Length: 2\r\n\r\nok"))
            .expect(
                status(200),
                body("ok"),
                field("X-Fine", "y"),
                never("Jetty", "PHP", "up-1", "ollcall-")));
    rows.add(
        Case.of("identity/set-cookie-lines-kept-apart", "RFC 6265 §3, RFC 9110 §5.3", GET)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"))
            .expect(
                status(200),
                field("Set-Cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2")));
    rows.add(
        Case.of("identity/date-added", "RFC 9110 §6.6.1", GET)
            .exchange(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
            .expect(
                status(200),
                fieldMatches(
                    "Date",
                    "[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT")));
    rows.add(
        Case.of("identity/date-kept", "RFC 9110 §6.6.1", GET)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nDate: Tue, 15 Nov 1994 08:12:31 GMT\r\nContent-Length: 0\r\n\r\n"))
            .expect(status(200), field("Date", "Tue, 15 Nov 1994 08:12:31 GMT")));
    rows.add(
        Case.of("identity/unknown-status-and-reason-pass", "RFC 9110 §15", GET)
            .exchange(
                answer("HTTP/1.1 299 All Fine\r\nX: caf\u00e9\r\nContent-Length: 2\r\n\r\nok"))
            .expect(status(299), body("ok"), field("X", "caf\u00e9")));
    rows.add(
        Case.of("identity/error-answers-of-the-upstream-pass", "RFC 9110 §7.7", GET)
            .exchange(
                answer(
                    "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nmine"))
            .expect(
                status(503),
                body("mine"),
                field("Retry-After", "7"),
                field("Content-Type", "text/plain")));
    rows.add(
        Case.of("identity/challenges-pass", "RFC 9110 §11.6", GET)
            .exchange(
                answer(
                    "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a, b\"\r\nWWW-Authenticate: Digest realm=c\r\nContent-Length: 0\r\n\r\n"))
            .expect(
                status(401), field("WWW-Authenticate", "Basic realm=\"a, b\"", "Digest realm=c")));
  }

  private static void locations(List<Case> rows) {
    String own = "http://127.0.0.1:{port}";
    String[][] rewritten = {
      {"Location", own + "/a?b", "(http://a\\.test:8080)?/a\\?b"},
      {"Content-Location", own + "/a", "(http://a\\.test:8080)?/a"},
      {"Refresh", "5; url=" + own + "/a", "5; ?url=(http://a\\.test:8080)?/a"},
      {"Location", "//127.0.0.1:{port}/a", "((http:)?//a\\.test:8080)?/a"},
      {"Location", own, "http://a\\.test:8080/?|/"},
    };
    int n = 0;
    for (String[] row : rewritten) {
      rows.add(
          Case.of(
                  "identity/rewritten-" + row[0] + "-" + ++n,
                  "contract: one URL; RFC 9110 §10.2.2",
                  GET)
              .exchange(
                  answer(
                      "HTTP/1.1 302 There\r\n"
                          + row[0]
                          + ": "
                          + row[1]
                          + "\r\nContent-Length: 0\r\n\r\n"))
              .expect(status(302), fieldMatches(row[0], row[2])));
    }
    for (String kept :
        List.of(
            "/a/b?c",
            "https://other.test/x",
            "http://a.test:8080/y",
            "../up",
            "http://127.0.0.1:1/x",
            "")) {
      rows.add(
          Case.of("identity/kept-Location-" + kept, "RFC 9110 §10.2.2", GET)
              .exchange(
                  answer(
                      "HTTP/1.1 302 There\r\nLocation: " + kept + "\r\nContent-Length: 0\r\n\r\n"))
              .expect(status(302), field("Location", kept)));
    }
    rows.add(
        Case.of("identity/own-answers-name-nobody", "contract: one URL", GET)
            .exchange(Steps.readHead(), Steps.reset())
            .expect(
                status(502),
                noField("Server", "X-Powered-By"),
                never("127.0.0.1", "vertx", "Vert.x", "netty", "Exception"),
                answer(a -> !a.body.text().contains("java"), "names its language")));
  }
}
