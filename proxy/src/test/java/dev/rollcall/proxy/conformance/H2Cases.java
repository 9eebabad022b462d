package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.H2Steps.data;
import static dev.rollcall.proxy.conformance.H2Steps.frame;
import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.headers;
import static dev.rollcall.proxy.conformance.H2Steps.post;
import static dev.rollcall.proxy.conformance.H2Steps.request;
import static dev.rollcall.proxy.conformance.H2Steps.trailers;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsMatching;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsTrailers;
import static dev.rollcall.proxy.conformance.UpstreamChecks.lacks;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.sees;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** HTTP/2 with prior knowledge in front of HTTP/1.1 upstreams (RFC 9113). */
final class H2Cases {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final byte[] LARGE = Bytes.pattern(3_000_000);

  private H2Cases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    translated(rows);
    bodies(rows);
    return rows;
  }

  private static void translated(List<Case> rows) {
    rows.add(
        Case.h2("request-translated", "RFC 9113 §8.3.1, contract", get(1, "/x%2Fy?q=%20", "x", "y"))
            .expect(
                status(200),
                complete(),
                sees("GET", "/x%2Fy?q=%20"),
                gets("Host", "a.test"),
                gets("x", "y"),
                gets("X-Forwarded-For", "127.0.0.1"),
                gets("X-Forwarded-Proto", "http"),
                gets("X-Forwarded-Host", "a.test"),
                getsMatching("Via", "2(\\.0)? [^ ,]+"),
                lacks("Content-Length", "Transfer-Encoding", "Connection")));
    rows.add(
        Case.h2(
                "host-instead-of-authority",
                "RFC 9113 §8.3.1",
                headers(
                    1, true, ":method", "GET", ":scheme", "http", ":path", "/", "host", "b.test"))
            .expect(status(200), gets("Host", "b.test")));
    rows.add(
        Case.h2("host-equal-to-authority", "RFC 9113 §8.3.1", get(1, "/", "host", "a.test"))
            .expect(status(200), gets("Host", "a.test")));
    rows.add(
        Case.h2(
                "authority-with-port-kept",
                "RFC 9110 §7.2",
                headers(
                    1,
                    true,
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":path",
                    "/",
                    ":authority",
                    "[::1]:8080"))
            .expect(status(200), gets("Host", "[::1]:8080")));
    rows.add(
        Case.h2(
                "cookie-crumbs-joined",
                "RFC 9113 §8.2.3",
                get(1, "/", "cookie", "a=1", "cookie", "b=2", "cookie", "c=3"))
            .expect(status(200), gets("Cookie", "a=1; b=2; c=3")));
    rows.add(
        Case.h2(
                "host-equal-to-authority-in-other-words",
                "RFC 9113 §8.3.1, RFC 3986 §6.2",
                get(1, "/", "host", "A.TEST:80"))
            .expect(status(200), gets("Host", "a.test")));
    String[] crumbs = new String[300];
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      crumbs[2 * i] = "cookie";
      crumbs[2 * i + 1] = "c" + i + "=" + i;
      joined.append(i == 0 ? "" : "; ").append(crumbs[2 * i + 1]);
    }
    rows.add(
        Case.h2("cookie-crumbs-are-one-field", "RFC 9113 §8.2.3", get(1, "/", crumbs))
            .expect(status(200), gets("Cookie", joined.toString())));
    rows.add(
        Case.h2("te-trailers", "RFC 9113 §8.2.2", get(1, "/", "te", "trailers"))
            .expect(status(200), lacks("TE"))
            .expect(status(200), gets("TE", "trailers"), getsMatching("Connection", "(?i).*te.*")));
    rows.add(
        Case.h2(
                "rollcall-and-forged-fields",
                "contract",
                get(1, "/", "rollcall-x", "evil", "x-forwarded-for", "6.6.6.6"))
            .expect(status(200), lacks("Rollcall-X"), gets("X-Forwarded-For", "127.0.0.1")));
    rows.add(
        Case.h2("high-bytes-in-value-kept", "RFC 9110 §5.5", get(1, "/", "x", "caf\u00e9"))
            .expect(status(200), gets("x", "caf\u00e9"))
            .expect(status(400), untouched()));
    rows.add(
        Case.h2("unknown-method-kept", "RFC 9110 §9.1", headers(1, true, request("PROPFIND", "/")))
            .expect(status(200), sees("PROPFIND", "/")));
    rows.add(
        Case.h2(
                "options-asterisk",
                "RFC 9113 §8.3.1, issue 3",
                headers(1, true, request("OPTIONS", "*")))
            .expect(status(405, 200, 204), untouched())
            .expect(status(200), sees("OPTIONS", "*")));
    H2Step[] many = new H2Step[40];
    for (int i = 0; i < 40; i++) {
      many[i] = get(1 + 2 * i, "/" + i);
    }
    rows.add(
        Case.h2("many-streams-at-a-time", "RFC 9113 §5", many)
            .answers(40)
            .expect(
                requests(40),
                seen ->
                    seen.client().answers().stream()
                                .filter(a -> a.status() == 200 && a.complete)
                                .map(a -> a.body.text())
                                .distinct()
                                .count()
                            == 40
                        ? null
                        : "not 40 different answers"));
  }

  private static void bodies(List<Case> rows) {
    rows.add(
        Case.h2(
                "body-with-length",
                "RFC 9113 §8.1.1",
                post(1, "/", "content-length", "5"),
                data(1, true, "hello"))
            .expect(status(200), requests(1), getsBody("hello"), gets("Content-Length", "5")));
    rows.add(
        Case.h2(
                "body-without-length-arrives-whole",
                "RFC 9112 §6.1, issue 3",
                post(1, "/"),
                data(1, false, "hel"),
                data(1, true, "lo"))
            .expect(status(200), requests(1), getsBody("hello")));
    rows.add(
        Case.h2(
                "body-looks-like-a-request",
                "CWE-444",
                post(1, "/"),
                data(1, true, "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n"))
            .expect(
                status(200),
                requests(1),
                getsBody("0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n")));
    rows.add(
        Case.h2(
                "large-body-without-length",
                "RFC 9113 §5.2",
                post(1, "/"),
                H2Steps.body(1, LARGE, true))
            .expect(status(200), requests(1), getsBody(LARGE)));
    rows.add(
        Case.h2("empty-data-ends-the-body", "RFC 9113 §6.1", post(1, "/"), data(1, true, ""))
            .expect(status(200), requests(1), getsBody("")));
    rows.add(
        Case.h2(
                "padded-data",
                "RFC 9113 §6.1",
                post(1, "/", "content-length", "5"),
                frame(
                    H2Frame.DATA,
                    H2Frame.PADDED | H2Frame.END_STREAM,
                    1,
                    Bytes.of("\u0003hello\u0000\u0000\u0000")))
            .expect(status(200), requests(1), getsBody("hello")));
    rows.add(
        Case.h2(
                "request-trailers",
                "RFC 9113 §8.1",
                post(1, "/"),
                data(1, false, "hello"),
                trailers(1, "x-sum", "42"))
            .expect(
                status(200),
                requests(1),
                getsBody("hello"),
                getsTrailers(new Field("x-sum", "42"))));
    rows.add(
        Case.h2(
                "request-trailers-with-length",
                "RFC 9113 §8.1, 9112 §6.5",
                post(1, "/", "content-length", "5"),
                data(1, false, "hello"),
                trailers(1, "x-sum", "42"))
            .expect(status(200), requests(1), getsBody("hello")));
    rows.add(
        Case.h2(
                "body-as-it-comes",
                "issue 3",
                post(1, "/"),
                data(1, false, "ab"),
                H2Steps.await("first part"),
                data(1, true, "cd"))
            .exchange(Steps.readBody(2), Steps.signal("first part"), readMessage(), send(OK))
            .expect(status(200), requests(1), getsBody("abcd")));
    rows.add(
        Case.h2(
                "head-with-body-behind-it-late",
                "issue 3",
                post(1, "/"),
                H2Steps.await("head came"),
                data(1, true, "hello"))
            .exchange(Steps.readHead(), Steps.signal("head came"), readMessage(), send(OK))
            .expect(status(200), requests(1), getsBody("hello")));
  }
}
