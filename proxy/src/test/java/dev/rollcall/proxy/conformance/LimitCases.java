package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.interims;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.sendRepeated;
import static dev.rollcall.proxy.conformance.Steps.sendUntilCut;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;
import static dev.rollcall.proxy.conformance.UpstreamChecks.request;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** How much is taken, and the answer beyond it (contract, {@code limit.*}). */
final class LimitCases {

  private static final String HOST = "Host: a.test\r\n";
  private static final String LIMITS = "contract: limit.*";

  private LimitCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    lines(rows);
    fields(rows);
    bodies(rows);
    requestsUnderWay(rows);
    return rows;
  }

  private static void lines(List<Case> rows) {
    String longest = "/" + "a".repeat(7_900);
    rows.add(
        Case.of("limit/target-of-7900", LIMITS, "GET " + longest + " HTTP/1.1\r\n" + HOST + "\r\n")
            .expect(status(200), request(r -> r.target().equals(longest), "another target")));
    rows.add(
        Case.of(
                "limit/target-of-8200",
                LIMITS + ", RFC 9110 §15.5.15",
                "GET /" + "a".repeat(8_200) + " HTTP/1.1\r\n" + HOST + "\r\n")
            .expect(status(414), closed(), untouched()));
    rows.add(
        Case.of(
                "limit/target-of-100-kb",
                LIMITS,
                "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n")
            .expect(status(414), closed(), untouched()));
    rows.add(
        Case.of(
                "limit/request-line-without-end",
                LIMITS,
                Case.client(
                    "GET",
                    send("GET /"),
                    sendRepeated(Bytes.of("a".repeat(1 << 16)), 64),
                    readHead()))
            .expect(status(414, 400), closed(), untouched()));
    rows.add(
        Case.of(
                "limit/line-size-is-settable",
                LIMITS,
                "GET /" + "a".repeat(2_000) + " HTTP/1.1\r\n" + HOST + "\r\n")
            .with("limit.line-size", "1KB")
            .expect(status(414), closed(), untouched()));
  }

  private static void fields(List<Case> rows) {
    rows.add(
        Case.of("limit/field-of-20-kb", LIMITS, get("X: " + "a".repeat(20_000) + "\r\n"))
            .expect(
                status(200),
                request(r -> ("" + r.first("X")).length() == 20_000, "another field")));
    rows.add(
        Case.of(
                "limit/field-of-33-kb",
                LIMITS + ", RFC 6585 §5",
                get("X: " + "a".repeat(33_000) + "\r\n"))
            .expect(status(431), closed(), untouched()));
    rows.add(
        Case.of("limit/many-fields-of-33-kb-in-all", LIMITS, get(lines(66, 500)))
            .expect(status(431), closed(), untouched()));
    rows.add(
        Case.of("limit/100-fields", LIMITS, get(lines(99, 1)))
            .expect(
                status(200),
                requests(1),
                request(r -> r.all("X-98").equals(List.of("a")), "a field is missing")));
    rows.add(
        Case.of("limit/101-fields", LIMITS, get(lines(100, 1)))
            .expect(status(431), closed(), untouched()));
    rows.add(
        Case.of(
                "limit/header-without-end",
                LIMITS,
                Case.client(
                    "GET",
                    send("GET / HTTP/1.1\r\n" + HOST),
                    sendRepeated(Bytes.of(("X: " + "a".repeat(1000) + "\r\n").repeat(64)), 64),
                    readHead()))
            .expect(status(431), closed(), untouched()));
    rows.add(
        Case.of(
                "limit/field-without-end",
                LIMITS,
                Case.client(
                    "GET",
                    send("GET / HTTP/1.1\r\n" + HOST + "X: "),
                    sendRepeated(Bytes.of("a".repeat(1 << 16)), 64),
                    readHead()))
            .expect(status(431, 400), closed(), untouched()));
    rows.add(
        Case.of("limit/header-size-is-settable", LIMITS, get(lines(20, 100)))
            .with("limit.header-size", "1KB")
            .expect(status(431), closed(), untouched()));
    rows.add(
        Case.of("limit/header-count-is-settable", LIMITS, get(lines(20, 1)))
            .with("limit.header-count", "10")
            .expect(status(431), closed(), untouched()));
  }

  private static void bodies(List<Case> rows) {
    String post = "POST / HTTP/1.1\r\n" + HOST;
    String limit = LIMITS + ", RFC 9110 §15.5.14";
    rows.add(
        Case.of(
                "limit/body-at-the-limit",
                limit,
                post + "Content-Length: 1024\r\n\r\n" + "a".repeat(1024))
            .with("limit.body-size", "1KB")
            .expect(status(200), requests(1), getsBody("a".repeat(1024))));
    rows.add(
        Case.of(
                "limit/body-over-it",
                limit,
                post + "Content-Length: 1025\r\n\r\n" + "a".repeat(1025))
            .with("limit.body-size", "1KB")
            .expect(status(413), closed(), noneComplete()));
    rows.add(
        Case.of(
                "limit/body-announced-over-it",
                limit,
                Case.client("POST", send(post + "Content-Length: 1000000\r\n\r\n"), readHead()))
            .with("limit.body-size", "1KB")
            .expect(status(413), noneComplete()));
    rows.add(
        Case.of(
                "limit/body-over-it-with-expectation",
                limit + ", §10.1.1",
                Case.client(
                    "POST",
                    send(post + "Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n"),
                    readHead()))
            .with("limit.body-size", "1KB")
            .expect(status(413), interims(), noneComplete()));
    rows.add(
        Case.of(
                "limit/chunked-body-at-the-limit",
                limit,
                post
                    + "Transfer-Encoding: chunked\r\n\r\n400\r\n"
                    + "a".repeat(1024)
                    + "\r\n0\r\n\r\n")
            .with("limit.body-size", "1KB")
            .expect(status(200), requests(1), getsBody("a".repeat(1024))));
    rows.add(
        Case.of(
                "limit/chunked-body-over-it",
                limit,
                post
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + ("200\r\n" + "a".repeat(512) + "\r\n").repeat(3)
                    + "0\r\n\r\n")
            .with("limit.body-size", "1KB")
            .expect(status(413), closed(), noneComplete()));
    rows.add(
        Case.of(
                "limit/chunked-body-without-end",
                limit,
                Case.client(
                    "POST",
                    send(post + "Transfer-Encoding: chunked\r\n\r\n"),
                    sendRepeated(Bytes.of("8000\r\n" + "a".repeat(0x8000) + "\r\n"), 256),
                    readHead()))
            .with("limit.body-size", "1KB")
            .expect(status(413), closed(), noneComplete()));
  }

  private static void requestsUnderWay(List<Case> rows) {
    String two = "GET /1 HTTP/1.1\r\n" + HOST + "\r\nGET /2 HTTP/1.1\r\n" + HOST + "\r\n";
    rows.add(
        Case.of(
                "limit/in-flight-1-takes-one-after-the-other",
                LIMITS,
                Case.client("GET", send(two)))
            .answers(2)
            .with("limit.in-flight", "1")
            .expect(statuses(200, 200), targets("/1", "/2")));
    rows.add(
        Case.of("limit/requests-per-connection", LIMITS, Case.client("GET", send(two)))
            .answers(2)
            .with("limit.requests-per-connection", "2")
            .expect(statuses(200, 200), closed(), targets("/1", "/2")));
    rows.add(
        Case.of("limit/requests-per-connection-1", LIMITS, "GET /1 HTTP/1.1\r\n" + HOST + "\r\n")
            .with("limit.requests-per-connection", "1")
            .expect(status(200), closed(), targets("/1")));
    rows.add(
        Case.of(
                "limit/who-never-stops-sending-is-cut",
                LIMITS + ", RFC 9112 §9.6",
                Case.client(
                    "POST",
                    send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1000000\r\n\r\n"),
                    readMessage(),
                    sendUntilCut()))
            .with("limit.body-size", "1KB")
            .expect(status(413), noneComplete()));
  }

  private static String get(String lines) {
    return "GET / HTTP/1.1\r\n" + HOST + lines + "\r\n";
  }

  private static String lines(int count, int length) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("X-").append(i).append(": ").append("a".repeat(length)).append("\r\n");
    }
    return lines.toString();
  }
}
