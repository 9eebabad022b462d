package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.bodyHas;
import static dev.rollcall.proxy.conformance.Checks.fieldMatches;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Reachable.Kind.REFUSING;

import java.util.ArrayList;
import java.util.List;

/**
 * The proxy's own answers (contract, RFC 9457): one shape for programs, a small page for people.
 */
final class OwnAnswerCases {

  private static final String RULE = "contract: problem+json, RFC 9457";
  private static final String BROWSER =
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n";

  private OwnAnswerCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    String host = "Host: a.test\r\n";
    rows.add(
        Case.of("own-answer/400-is-a-problem", RULE, "GET /a#b HTTP/1.1\r\n" + host + "\r\n")
            .expect(problem(400)));
    rows.add(
        Case.of("own-answer/400-without-host-is-a-problem", RULE, "GET / HTTP/1.1\r\n\r\n")
            .expect(problem(400), bodyHas("\"detail\":\"expected: one valid Host\"")));
    rows.add(
        Case.of("own-answer/405-is-a-problem", RULE, "TRACE / HTTP/1.1\r\n" + host + "\r\n")
            .expect(problem(405)));
    rows.add(
        Case.of(
                "own-answer/414-is-a-problem",
                RULE,
                "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + host + "\r\n")
            .expect(problem(414)));
    rows.add(
        Case.of(
                "own-answer/431-is-a-problem",
                RULE,
                "GET / HTTP/1.1\r\n" + host + "X: y\r\n".repeat(200) + "\r\n")
            .expect(problem(431)));
    rows.add(
        Case.of(
                "own-answer/413-is-a-problem",
                RULE,
                "POST / HTTP/1.1\r\n" + host + "Content-Length: 9\r\n\r\n123456789")
            .with("limit.body-size", "8B")
            .expect(problem(413)));
    String get = "GET / HTTP/1.1\r\n" + host;
    rows.add(
        Case.of("own-answer/502-is-a-problem", RULE, get + "\r\n")
            .facing(REFUSING)
            .expect(problem(502))
            .expect(problem(503)));
    rows.add(
        Case.of("own-answer/page-for-a-browser", "issue 3", get + BROWSER + "\r\n")
            .facing(REFUSING)
            .expect(
                status(502, 503),
                fieldMatches("Content-Type", "text/html; ?charset=(?i)utf-8"),
                bodyHas("<"),
                answer(a -> a.body.length() < 4096, "not a small page")));
    rows.add(
        Case.of(
                "own-answer/problem-for-who-prefers-json",
                "RFC 9110 §12.5.1",
                get + "Accept: application/json, text/html;q=0.5\r\n\r\n")
            .facing(REFUSING)
            .expect(problem(502))
            .expect(problem(503)));
    rows.add(
        Case.of(
                "own-answer/problem-for-who-takes-anything",
                "RFC 9110 §12.5.1",
                get + "Accept: */*\r\n\r\n")
            .facing(REFUSING)
            .expect(problem(502))
            .expect(problem(503)));
    rows.add(
        Case.of(
                "own-answer/page-does-not-echo-markup",
                "CWE-79",
                "GET /<script>alert(1)</script> HTTP/1.1\r\n" + host + BROWSER + "\r\n")
            .facing(REFUSING)
            .expect(status(400, 502, 503), never("<script>")));
    rows.add(
        Case.of(
                "own-answer/head-has-no-body",
                "RFC 9110 §9.3.2",
                new RawClient(
                    List.of("HEAD", "HEAD"),
                    List.of(Steps.send("HEAD / HTTP/1.1\r\n" + host + "\r\n"))))
            .facing(REFUSING)
            .expect(status(502, 503), answer(a -> a.body.length() == 0, "a body")));
    rows.add(
        Case.of(
                "own-answer/keeps-the-connection-when-it-can",
                "RFC 9112 §9.3",
                (get + "\r\n").repeat(2))
            .facing(REFUSING)
            .answers(2)
            .expect(seen -> seen.client().answers().size() == 2 ? null : "only one answer"));
    rows.add(
        Case.of(
                "own-answer/request-id-is-the-clients-trace",
                "contract: a request id",
                get + "\r\n")
            .facing(REFUSING)
            .expect(fieldMatches("X-Request-Id", "[!-~]{8,128}")));
    rows.add(
        Case.of("own-answer/has-a-date", "RFC 9110 §6.6.1", "GET / HTTP/1.1\r\n\r\n")
            .expect(fieldMatches("Date", "[A-Z][a-z]{2}, .* GMT")));
    rows.add(
        Case.of(
                "own-answer/is-not-cached",
                "RFC 9111 §4.2.2",
                "GET / HTTP/1.1\r\n" + host + "X: y\r\n".repeat(200) + "\r\n")
            .expect(fieldMatches("Cache-Control", ".*no-store.*")));
    return rows;
  }
}
