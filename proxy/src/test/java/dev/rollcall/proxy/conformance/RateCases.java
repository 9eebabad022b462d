package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.readRaw;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests a second, those under way, and tunnels: beyond the limit the client hears when to come
 * back.
 */
final class RateCases {

  private static final String HOST = "Host: a.test\r\n";
  private static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String RULE = "RFC 6585 §4, issue 7";

  private RateCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    rates(rows);
    keys(rows);
    tunnels(rows);
    overHttp2(rows);
    underWay(rows);
    return rows;
  }

  private static void rates(List<Case> rows) {
    rows.add(
        Case.of("rate/burst-then-429", RULE, GET.repeat(4))
            .with("limit.rate", "3/h")
            .with("limit.rate-burst", "3")
            .answers(4)
            .expect(statuses(200, 200, 200, 429), requests(3)));
    rows.add(
        Case.of(
                "rate/a-path-has-its-own",
                RULE,
                "GET /login HTTP/1.1\r\n"
                    + HOST
                    + "\r\nGET /login/x HTTP/1.1\r\n"
                    + HOST
                    + "\r\nGET /logins HTTP/1.1\r\n"
                    + HOST
                    + "\r\nGET /%6cogin HTTP/1.1\r\n"
                    + HOST
                    + "\r\n")
            .with("limit.rate-paths", "/login=1/m")
            .answers(4)
            .expect(statuses(200, 429, 200, 429), requests(2)));
    rows.add(
        Case.of("rate/without-burst-a-seconds-worth", RULE, GET.repeat(2))
            .with("limit.rate", "3/h")
            .answers(2)
            .expect(statuses(200, 429), requests(1)));
    rows.add(
        Case.of("rate/429-says-when-to-come-back", RULE, GET + GET)
            .with("limit.rate", "6/m")
            .answers(2)
            .expect(
                seen -> {
                  Message second = seen.client().answers().get(1);
                  return "10".equals(second.first("Retry-After")) ? null : "" + second;
                }));
    rows.add(
        Case.of("rate/429-is-a-problem", RULE + ", RFC 9457", GET + GET)
            .with("limit.rate", "1/h")
            .answers(2)
            .expect(
                seen -> {
                  String second = seen.client().answers().get(1).body.text();
                  return second.contains("\"status\":429") && second.contains("requestId")
                      ? null
                      : second;
                }));
    rows.add(
        Case.of(
                "rate/429-keeps-the-connection",
                "RFC 9112 §9.3",
                GET + "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello" + GET)
            .with("limit.rate", "1/h")
            .answers(3)
            .expect(statuses(200, 429, 429), requests(1)));
    rows.add(
        Case.of("rate/off-by-default", RULE, GET.repeat(200)).answers(200).expect(requests(200)));
  }

  private static void overHttp2(List<Case> rows) {
    rows.add(
        Case.h2(
                "rate-beyond-the-burst",
                RULE,
                H2Steps.get(1, "/"),
                H2Steps.readAll(1),
                H2Steps.get(3, "/"))
            .with("limit.rate", "6/m")
            .answers(2)
            .expect(
                requests(1),
                seen -> {
                  Message second = seen.client().answers().get(1);
                  return second.status() == 429 && "10".equals(second.first("retry-after"))
                      ? null
                      : "" + second;
                }));
  }

  private static void underWay(List<Case> rows) {
    rows.add(two("in-flight-beyond-the-limit").with("limit.in-flight", "1"));
    rows.add(
        two("instance-in-flight-beyond-the-queue")
            .with("limit.instance-in-flight", "1")
            .with("limit.queue", "0"));
    rows.add(
        two("instance-in-flight-beyond-patience")
            .with("limit.instance-in-flight", "1")
            .with("timeout.queue", "200ms"));
  }

  /** The second is refused while the first is under way. */
  private static Case two(String name) {
    return Case.h2(
            name,
            "contract: limit.*, 503",
            H2Steps.get(1, "/first"),
            H2Steps.await("first"),
            H2Steps.get(3, "/second"),
            H2Steps.readAll(3),
            H2Steps.signal("refused"))
        .exchange(
            readMessage(),
            signal("first"),
            Steps.await("refused"),
            send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
        .answers(2)
        .expect(
            requests(1),
            seen ->
                seen.client().answers().stream()
                            .anyMatch(a -> a.status() == 503 && "1".equals(a.first("retry-after")))
                        && seen.client().answers().stream().anyMatch(a -> a.status() == 200)
                    ? null
                    : "" + seen.client().answers());
  }

  private static void keys(List<Case> rows) {
    String a = "GET / HTTP/1.1\r\n" + HOST + "X-Key: a\r\n\r\n";
    String b = a.replace("Key: a", "Key: b");
    rows.add(
        Case.of("rate/by-header", RULE, a + b + a + b + GET + GET)
            .with("limit.rate", "1/h")
            .with("limit.rate-key", "header:X-Key")
            .answers(6)
            .expect(statuses(200, 200, 429, 429, 200, 429), requests(3)));
    String first = "GET / HTTP/1.1\r\n" + HOST + "X-Forwarded-For: 192.0.2.1\r\n\r\n";
    String other = first.replace("192.0.2.1", "192.0.2.2");
    rows.add(
        Case.of("rate/a-claimed-address-is-not-believed", RULE, first + other)
            .with("limit.rate", "1/h")
            .answers(2)
            .expect(statuses(200, 429)));
    rows.add(
        Case.of("rate/a-trusted-proxys-word-is", RULE, first + other + first)
            .with("limit.rate", "1/h")
            .with("http.trusted-proxies", "127.0.0.0/8")
            .answers(3)
            .expect(statuses(200, 200, 429)));
  }

  private static void tunnels(List<Case> rows) {
    rows.add(
        Case.of(
                "rate/tunnel-within-the-limit",
                "contract: limit.tunnels",
                TunnelCases.opening(send("ping"), readRaw("pong")))
            .with("limit.tunnels", "1")
            .exchange(
                readHead(), send(TunnelCases.SWITCHED), readRaw("ping"), send("pong"), awaitEnd())
            .expect(status(101)));
    rows.add(
        Case.of("rate/tunnel-beyond-the-limit", "contract: limit.tunnels", TunnelCases.opening())
            .with("limit.tunnels", "0")
            .expect(
                problem(503),
                untouched(),
                answer(a -> "1".equals(a.first("Retry-After")), "no Retry-After")));
    rows.add(
        Case.of("rate/requests-dont-count-as-tunnels", "contract: limit.tunnels", GET)
            .with("limit.tunnels", "0")
            .expect(status(200)));
  }
}
