package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readBody;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;

import java.util.ArrayList;
import java.util.List;

/** Answers without a body, and old clients (RFC 9112 §6.3). */
final class BodilessCases {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String SECOND = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private BodilessCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    withoutBody(rows);
    oldClients(rows);
    return rows;
  }

  private static void withoutBody(List<Case> rows) {
    String head = "HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    ClientScript headThenGet = new RawClient(List.of("HEAD", "GET"), List.of(send(head + SECOND)));
    ClientScript twice = Case.client("GET", send(GET), readMessage(), send(SECOND));
    rows.add(
        Case.of("no-body/head-keeps-length", "RFC 9110 §9.3.2, §8.6", headThenGet)
            .answers(2)
            .exchange(answer("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"))
            .exchange(answerSeen())
            .expect(statuses(200, 200), field("Content-Length", "1234"), targets("/", "/second")));
    rows.add(
        Case.of("no-body/head-chunked", "RFC 9112 §6.1", headThenGet)
            .answers(2)
            .exchange(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
            .exchange(answerSeen())
            .expect(statuses(200, 200), targets("/", "/second")));
    rows.add(
        Case.of("no-body/head-without-framing", "RFC 9112 §6.3(1)", headThenGet)
            .answers(2)
            .exchange(answer("HTTP/1.1 200 OK\r\n\r\n"))
            .exchange(answerSeen())
            .expect(statuses(200, 200), targets("/", "/second"), noField("Content-Length")));
    rows.add(
        Case.of("no-body/head-whose-upstream-sends-one", "RFC 9112 §6.3(1), CWE-113", headThenGet)
            .answers(2)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"),
                close())
            .exchange(answerSeen())
            .expect(statuses(200, 200), Checks.never("evil"), targets("/", "/second")));
    for (String line :
        List.of(
            "204 No Content\r\n",
            "304 Not Modified\r\nETag: \"x\"\r\n",
            "204 No Content\r\nContent-Length: 0\r\n",
            "204 No Content\r\nTransfer-Encoding: chunked\r\n",
            "304 Not Modified\r\nContent-Length: 1234\r\n",
            "304 Not Modified\r\nTransfer-Encoding: chunked\r\n",
            "200 OK\r\nContent-Length: 0\r\n")) {
      int status = Integer.parseInt(line.substring(0, 3));
      Case row =
          Case.of(
                  "no-body/" + line.strip().replace("\r\n", ", "),
                  "RFC 9112 §6.3(1), 9110 §15.3.5, §15.4.5",
                  twice)
              .answers(2)
              .exchange(answer("HTTP/1.1 " + line + "\r\n"))
              .exchange(answerSeen())
              .expect(statuses(status, 200), body(""), targets("/", "/second"));
      // An upstream that frames a 204 breaks a MUST: refused is as good as repaired.
      rows.add(line.contains("204 No Content\r\nTransfer") ? row.expect(statuses(502, 200)) : row);
    }
    rows.add(
        Case.of("no-body/304-length-is-not-changed", "RFC 9110 §8.6", GET)
            .exchange(answer("HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\n\r\n"))
            .expect(
                status(304),
                answer(
                    a ->
                        !a.has("Content-Length") || a.all("Content-Length").equals(List.of("1234")),
                    "another Content-Length")));
    rows.add(
        Case.of("no-body/204-whose-upstream-sends-one", "RFC 9112 §6.3(1)", twice)
            .answers(2)
            .exchange(
                answer(
                    "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"),
                close())
            .exchange(answerSeen())
            .expect(statuses(204, 200), Checks.never("evil"), targets("/", "/second")));
    rows.add(
        Case.of("no-body/get-has-none-at-the-upstream", "RFC 9110 §8.6", GET)
            .expect(status(200), UpstreamChecks.lacks("Content-Length", "Transfer-Encoding")));
  }

  private static void oldClients(List<Case> rows) {
    String get = "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n";
    rows.add(
        Case.of("http-1.0/chunked-upstream-is-unchunked", "RFC 9112 §6.1, §7", get)
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + BodyCases.chunked("hello world", 4)))
            .expect(
                status(200),
                closed(),
                complete(),
                body("hello world"),
                noField("Transfer-Encoding")));
    rows.add(
        Case.of(
                "http-1.0/chunked-upstream-with-keep-alive-closes",
                "RFC 9112 §6.1, §9.3",
                "GET / HTTP/1.0\r\nHost: a.test\r\nConnection: keep-alive\r\n\r\n")
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + BodyCases.chunked("hello world", 4)))
            .expect(
                status(200),
                closed(),
                complete(),
                body("hello world"),
                noField("Transfer-Encoding"))
            .expect(status(200), complete(), body("hello world"), field("Content-Length", "11")));
    rows.add(
        Case.of(
                "http-1.0/chunked-upstream-is-not-buffered",
                "issue 3",
                Case.client("GET", send(get), readBody(5), signal("client has the first part")))
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                await("client has the first part"),
                send("6\r\n world\r\n0\r\n\r\n"))
            .expect(status(200), closed(), complete(), body("hello world")));
    rows.add(
        Case.of("http-1.0/length-is-kept", "RFC 9112 §6.2", get)
            .exchange(answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
            .expect(
                status(200), closed(), complete(), body("hello"), field("Content-Length", "5")));
    rows.add(
        Case.of(
                "http-1.0/request-body",
                "RFC 9112 §6.2",
                "POST / HTTP/1.0\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello")
            .expect(status(200), closed(), requests(1), getsBody("hello")));
  }
}
