package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsMatching;
import static dev.rollcall.proxy.conformance.UpstreamChecks.neverGets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.request;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** What the proxy tells the upstream about the client, and hides from the client. */
final class ForwardedCases {

  private static final String CONTRACT = "contract: to the upstream";
  private static final String TRUSTED = "http.trusted-proxies";
  private static final String LOOPBACK = "127.0.0.0/8,::1/128";
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String TRACEPARENT =
      "00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}";

  private ForwardedCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    told(rows);
    forged(rows);
    believed(rows);
    loops(rows);
    traced(rows);
    return rows;
  }

  private static String get(String lines) {
    return "GET /x HTTP/1.1\r\nHost: a.test:8080\r\n" + lines + "\r\n";
  }

  private static void told(List<Case> rows) {
    rows.add(
        Case.of("forwarded/told", CONTRACT + ", RFC 7239", get(""))
            .expect(
                status(200),
                gets("X-Forwarded-For", "127.0.0.1"),
                gets("X-Forwarded-Proto", "http"),
                gets("X-Forwarded-Host", "a.test:8080"),
                getsMatching("Forwarded", "(?i).*for=\"?127\\.0\\.0\\.1.*"),
                getsMatching("Forwarded", "(?i).*proto=http\\b.*"),
                getsMatching("Forwarded", "(?i).*host=\"a\\.test:8080\".*")));
    rows.add(
        Case.of("forwarded/via-request", "RFC 9110 §7.6.3", get(""))
            .expect(status(200), getsMatching("Via", "1\\.1 [^ ,]+")));
    rows.add(
        Case.of(
                "forwarded/via-appended",
                "RFC 9110 §7.6.3",
                get("Via: 1.0 fred, 1.1 p.example\r\n"))
            .expect(
                status(200),
                request(
                    r ->
                        String.join(", ", r.all("Via"))
                            .matches("1\\.0 fred, ?1\\.1 p\\.example, ?1\\.1 [^ ,]+"),
                    "Via is not appended to")));
    rows.add(
        Case.of(
                "forwarded/via-names-received-protocol",
                "RFC 9110 §7.6.3",
                "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n")
            .expect(status(200), getsMatching("Via", "1\\.0 [^ ,]+")));
  }

  private static void forged(List<Case> rows) {
    String[][] forgeries = {
      {"X-Forwarded-For", "6.6.6.6", "127.0.0.1"},
      {"X-Forwarded-Proto", "https", "http"},
      {"X-Forwarded-Host", "evil.test", "a.test:8080"},
      {"x-forwarded-for", "6.6.6.6\r\nX-Forwarded-For: 7.7.7.7", "127.0.0.1"},
    };
    for (String[] forgery : forgeries) {
      rows.add(
          Case.of(
                  "forwarded/forged-" + forgery[0],
                  CONTRACT + ", issue 3",
                  get(forgery[0] + ": " + forgery[1] + "\r\n"))
              .expect(
                  status(200),
                  gets(forgery[0], forgery[2]),
                  neverGets("6.6.6.6"),
                  neverGets("evil.test")));
    }
    rows.add(
        Case.of(
                "forwarded/forged-Forwarded",
                "RFC 7239 §8.1",
                get("Forwarded: for=6.6.6.6;proto=https\r\n"))
            .expect(
                status(200),
                neverGets("6.6.6.6"),
                getsMatching("Forwarded", "(?i).*for=\"?127.*")));
    rows.add(
        Case.of(
                "forwarded/forged-from-outside-the-trusted",
                "contract: " + TRUSTED,
                get("X-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n"))
            .with(TRUSTED, "10.0.0.0/8")
            .expect(status(200), gets("X-Forwarded-For", "127.0.0.1"), neverGets("6.6.6.6")));
    rows.add(
        Case.of(
                "forwarded/rollcall-fields-never-pass",
                CONTRACT,
                get(
                    "Rollcall-Instance: evil\r\nROLLCALL-x: evil\r\nrollcall-not-processed: evil\r\n"))
            .expect(status(200), requests(1), neverGets("evil")));
    rows.add(
        Case.of(
                "forwarded/rollcall-fields-never-pass-from-trusted",
                CONTRACT,
                get("Rollcall-Instance: evil\r\n"))
            .with(TRUSTED, LOOPBACK)
            .expect(status(200), requests(1), neverGets("evil")));
    rows.add(
        Case.of(
                "forwarded/proxy-protocol-from-anyone-is-refused",
                "contract: " + TRUSTED,
                "PROXY TCP4 6.6.6.6 127.0.0.1 1234 80\r\n" + get(""))
            .expect(status(400), closed(), untouched()));
  }

  private static void believed(List<Case> rows) {
    rows.add(
        Case.of(
                "forwarded/believed-X-Forwarded",
                "contract: " + TRUSTED,
                get(
                    "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: b.test\r\n"))
            .with(TRUSTED, LOOPBACK)
            .expect(
                status(200),
                getsMatching("X-Forwarded-For", "6\\.6\\.6\\.6, ?127\\.0\\.0\\.1"),
                gets("X-Forwarded-Proto", "https"),
                gets("X-Forwarded-Host", "b.test")));
    rows.add(
        Case.of(
                "forwarded/believed-Forwarded",
                "RFC 7239 §4",
                get("Forwarded: for=6.6.6.6;proto=https\r\n"))
            .with(TRUSTED, LOOPBACK)
            .expect(
                status(200),
                request(
                    r ->
                        String.join(", ", r.all("Forwarded"))
                            .matches(
                                "(?i)for=6\\.6\\.6\\.6;proto=https, ?.*for=\"?127\\.0\\.0\\.1.*"),
                    "Forwarded is not appended to")));
    rows.add(
        Case.of(
                "forwarded/proxy-protocol-believed",
                "contract: " + TRUSTED,
                "PROXY TCP4 6.6.6.6 127.0.0.1 1234 80\r\n" + get(""))
            .with(TRUSTED, LOOPBACK)
            .expect(status(200), gets("X-Forwarded-For", "6.6.6.6")));
    rows.add(
        Case.of("forwarded/trusted-without-proxy-protocol", "contract: " + TRUSTED, get(""))
            .with(TRUSTED, LOOPBACK)
            .expect(status(200), gets("X-Forwarded-For", "127.0.0.1")));
  }

  private static void loops(List<Case> rows) {
    String us = "1.1 rollcall, ";
    rows.add(
        Case.of(
                "loop/ten-of-us-are-enough",
                "RFC 9110 §7.6.3",
                get("Via: " + us.repeat(10) + "2 x\r\n"))
            .expect(status(508), untouched()));
    rows.add(
        Case.of(
                "loop/over-several-fields",
                "RFC 9110 §7.6.3",
                get(("Via: " + us + us + "1.1 x\r\n").repeat(5)))
            .expect(status(508), untouched()));
    rows.add(
        Case.of("loop/one-before-another-is-none", "RFC 9110 §7.6.3", get("Via: " + us + "2 x\r\n"))
            .expect(status(200), gets("Via", us + "2 x, 1.1 rollcall")));
  }

  private static void traced(List<Case> rows) {
    rows.add(
        Case.of("trace/set", CONTRACT + ", W3C Trace Context §3.2", get(""))
            .expect(
                status(200),
                getsMatching("X-Request-Id", "[!-~]{8,128}"),
                getsMatching("traceparent", TRACEPARENT)));
    rows.add(
        Case.of(
                "trace/continued",
                "W3C Trace Context §3.2, §3.3",
                get("traceparent: " + TRACE + "\r\ntracestate: a=b,c=d\r\n"))
            .expect(
                status(200),
                getsMatching(
                    "traceparent", "00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-0[0-9a-f]"),
                gets("tracestate", "a=b,c=d")));
    String[][] invalid = {
      {"zeros", "00-00000000000000000000000000000000-b7ad6b7169203331-01"},
      {"version-ff", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
      {"upper-case", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"},
      {"short", "00-0af7-b7ad6b7169203331-01"},
      {"junk", "nonsense"},
      {"two-lines", TRACE + "\r\ntraceparent: " + TRACE},
    };
    for (String[] row : invalid) {
      rows.add(
          Case.of(
                  "trace/replaced-" + row[0],
                  "W3C Trace Context §4.3",
                  get("traceparent: " + row[1] + "\r\n"))
              .expect(status(200), getsMatching("traceparent", TRACEPARENT)));
    }
    rows.add(
        Case.of("trace/one-request-id", CONTRACT, get("X-Request-Id: one\r\nX-Request-Id: two\r\n"))
            .expect(status(200), getsMatching("X-Request-Id", "[!-~]+")));
    rows.add(
        Case.of("trace/request-id-differs-between-requests", CONTRACT, get("") + get(""))
            .answers(2)
            .expect(
                requests(2),
                seen ->
                    seen.requests().stream().map(r -> r.first("X-Request-Id")).distinct().count()
                            == 2
                        ? null
                        : "one id for two requests"));
  }
}
