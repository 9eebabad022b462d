package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.answer;
import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.UpstreamChecks.connections;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.lacks;
import static dev.rollcall.proxy.conformance.UpstreamChecks.request;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.targets;

import java.util.ArrayList;
import java.util.List;

/** What belongs to one connection ends there (RFC 9110 §7.6.1), in both directions. */
final class HopByHopCases {

  private static final String RULE = "RFC 9110 §7.6.1";

  private HopByHopCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    requestFields(rows);
    responseFields(rows);
    return rows;
  }

  static String get(String lines) {
    return "GET / HTTP/1.1\r\nHost: a.test\r\n" + lines + "\r\n";
  }

  private static void requestFields(List<Case> rows) {
    String[][] removed = {
      {"keep-alive", "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n", "Keep-Alive"},
      {"keep-alive-alone", "Keep-Alive: timeout=5\r\n", "Keep-Alive"},
      {"proxy-connection", "Proxy-Connection: keep-alive\r\n", "Proxy-Connection"},
      {"nominated", "Connection: X-Foo\r\nX-Foo: y\r\n", "X-Foo"},
      {"nominated-in-another-case", "connection: x-fOO\r\nX-Foo: y\r\n", "X-Foo"},
      {"nominated-in-a-list", "Connection: close, X-Foo ,X-Bar\r\nX-Foo: y\r\n", "X-Foo"},
      {"nominated-with-empty-elements", "Connection: ,, X-Foo,\r\nX-Foo: y\r\n", "X-Foo"},
      {
        "nominated-in-second-line",
        "Connection: close\r\nConnection: X-Foo\r\nX-Foo: y\r\n",
        "X-Foo"
      },
      {"nominated-many-lines", "Connection: X-Foo\r\nX-Foo: y\r\nX-Foo: z\r\n", "X-Foo"},
      {"te-gzip", "Connection: TE\r\nTE: gzip\r\n", "TE"},
      {
        "upgrade-h2c",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
        "Upgrade"
      },
      {
        "http2-settings",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
        "HTTP2-Settings"
      },
      {"upgrade-not-nominated", "Upgrade: websocket\r\n", "Upgrade"},
    };
    for (String[] row : removed) {
      rows.add(
          Case.of("hop-by-hop/request-" + row[0], RULE, get(row[1]))
              .expect(status(200), requests(1), lacks(row[2]), nominatesNothing("X-Foo")));
    }
    rows.add(
        Case.of(
                "hop-by-hop/request-upgrade-unknown",
                "RFC 9110 §7.8",
                get("Connection: Upgrade\r\nUpgrade: foo/2\r\n"))
            .expect(status(200), requests(1), lacks("Upgrade"))
            .expect(
                status(200), requests(1), gets("Upgrade", "foo/2"), gets("Connection", "Upgrade")));
    rows.add(
        Case.of(
                "hop-by-hop/request-te-trailers",
                "RFC 9110 §10.1.4",
                get("Connection: TE\r\nTE: gzip, trailers\r\n"))
            .expect(status(200), requests(1), lacks("TE"))
            .expect(
                status(200),
                requests(1),
                gets("TE", "trailers"),
                request(
                    r -> r.all("Connection").stream().anyMatch(v -> v.toLowerCase().contains("te")),
                    "TE without its Connection option")));
    for (String name : List.of("Host", "X-Forwarded-For", "X-Request-Id", "Via")) {
      rows.add(
          Case.of(
                  "hop-by-hop/request-nominates-" + name,
                  RULE + ", CVE-2022-1388 kin",
                  get("Connection: close, " + name + "\r\n"))
              .expect(status(400), closed())
              .expect(
                  status(200),
                  requests(1),
                  gets("Host", "a.test"),
                  request(r -> r.has(name), name + " is lost")));
    }
    rows.add(
        Case.of(
                "hop-by-hop/request-nominates-cookie",
                RULE,
                get("Connection: Cookie\r\nCookie: a=b\r\n"))
            .expect(status(400), closed())
            .expect(status(200), requests(1), lacks("Cookie")));
  }

  private static Check nominatesNothing(String name) {
    return request(
        r ->
            r.all("Connection").stream()
                .noneMatch(v -> v.toLowerCase().contains(name.toLowerCase())),
        "Connection still nominates " + name);
  }

  private static void responseFields(List<Case> rows) {
    String[][] removed = {
      {"keep-alive", "Keep-Alive: timeout=5\r\n", "Keep-Alive"},
      {"proxy-connection", "Proxy-Connection: close\r\n", "Proxy-Connection"},
      {"nominated", "Connection: X-Foo\r\nX-Foo: y\r\n", "X-Foo"},
      {"nominated-in-another-case", "connection: x-FOO, keep-alive\r\nX-Foo: y\r\n", "X-Foo"},
      {"upgrade", "Connection: Upgrade\r\nUpgrade: h2c\r\n", "Upgrade"},
      {"te", "TE: trailers\r\n", "TE"},
    };
    for (String[] row : removed) {
      rows.add(
          Case.of("hop-by-hop/response-" + row[0], RULE, get(""))
              .exchange(
                  answer(
                      "HTTP/1.1 200 OK\r\n" + row[1] + "X-Fine: 1\r\nContent-Length: 2\r\n\r\nok"))
              .expect(
                  status(200),
                  noField(row[2]),
                  field("X-Fine", "1"),
                  body("ok"),
                  answer(
                      a ->
                          a.all("Connection").stream()
                              .noneMatch(v -> v.toLowerCase().contains("foo")),
                      "Connection still nominates it")));
    }
    rows.add(
        Case.of("hop-by-hop/response-nominates-content-length", RULE, get(""))
            .exchange(
                answer(
                    "HTTP/1.1 200 OK\r\nConnection: Content-Length\r\nContent-Length: 2\r\n\r\nok"))
            .expect(status(200), body("ok"), Checks.complete())
            .expect(status(502)));
    rows.add(
        Case.of(
                "hop-by-hop/response-close-is-the-upstreams-own",
                RULE,
                get("") + "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .answers(2)
            .exchange(
                answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"),
                close())
            .exchange(answerSeen())
            .expect(statuses(200, 200), targets("/", "/second"), connections(2)));
  }
}
