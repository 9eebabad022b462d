package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.lacks;
import static dev.rollcall.proxy.conformance.UpstreamChecks.neverGets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.sees;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** Targets in absolute and asterisk form, and routes (RFC 9112 §3.2). */
final class TargetFormCases {

  private static final String HOST = "Host: a.test\r\n\r\n";

  private TargetFormCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    absoluteForm(rows);
    otherForms(rows);
    routes(rows);
    return rows;
  }

  private static void absoluteForm(List<Case> rows) {
    String[][] forms = {
      {"http://b.test/x?q=%41", "/x?q=%41", "b.test"},
      {"http://b.test:81/", "/", "b.test:81"},
      {"http://b.test", "/", "b.test"},
      {"http://b.test?q", "/?q", "b.test"},
      {"HTTP://B.test/x", "/x", "B.test"},
      {"http://[::1]:80/x", "/x", "[::1]:80"},
    };
    for (String[] form : forms) {
      rows.add(
          Case.of(
                  "absolute-form/" + form[0],
                  "RFC 9112 §3.2.2",
                  "GET " + form[0] + " HTTP/1.1\r\n" + HOST)
              .expect(status(200), requests(1), sees("GET", form[1]), gets("Host", form[2])));
    }
    String[] wrong = {
      "http://",
      "http:///x",
      "http:/x",
      "http://b.test:x/",
      "http://b test/",
      "ftp://b.test/x",
      "http://b.test/#x",
      "http://b.test\\evil/",
      "http://[::1/x"
    };
    for (String target : wrong) {
      rows.add(
          Case.of(
                  "absolute-form/refused-" + target,
                  "RFC 9110 §4.2, 9112 §3.2",
                  "GET " + target + " HTTP/1.1\r\n" + HOST)
              .expect(status(400, 421), closed(), untouched()));
    }
    rows.add(
        Case.of(
                "absolute-form/with-user",
                "RFC 9110 §4.2.4",
                "GET http://user:pw@b.test/x HTTP/1.1\r\n" + HOST)
            .expect(status(400), closed(), untouched())
            .expect(status(200), requests(1), gets("Host", "b.test"), neverGets("user:pw")));
    rows.add(
        Case.of(
                "absolute-form/without-host-field",
                "RFC 9112 §3.2",
                "GET http://b.test/x HTTP/1.1\r\n\r\n")
            .expect(status(400), closed(), untouched()));
    rows.add(
        Case.of(
                "absolute-form/http-1.0-without-host-field",
                "RFC 9112 §3.2.2",
                "GET http://b.test/x HTTP/1.0\r\n\r\n")
            .expect(status(200), requests(1), sees("GET", "/x"), gets("Host", "b.test")));
  }

  private static void otherForms(List<Case> rows) {
    rows.add(
        Case.of(
                "target/OPTIONS-asterisk",
                "RFC 9112 §3.2.4, issue 3",
                "OPTIONS * HTTP/1.1\r\n" + HOST)
            .expect(status(405, 200, 204), untouched())
            .expect(status(200), requests(1), sees("OPTIONS", "*")));
    rows.add(
        Case.of("target/OPTIONS-path", "RFC 9110 §9.3.7", "OPTIONS /x HTTP/1.1\r\n" + HOST)
            .expect(status(200), requests(1), sees("OPTIONS", "/x"), lacks("Max-Forwards")));
  }

  private static void routes(List<Case> rows) {
    String[] outside = {
      "/app/../admin",
      "/app/%2e%2e/admin",
      "/app/%2E./admin",
      "/app/x/../../admin",
      "/app/..%2fadmin",
      "/app/..%5cadmin",
      "/app/..\\admin",
      "/app/./.././admin",
      "/app//../../admin",
      "/app/..",
    };
    for (String target : outside) {
      rows.add(
          Case.of(
                  "route/outside-" + target,
                  "RFC 3986 §6.2.2, issue 3, CWE-22",
                  "GET " + target + " HTTP/1.1\r\n" + HOST)
              .with("services.hello.routes", "/app")
              .expect(status(400, 404), untouched()));
    }
    for (String target :
        List.of(
            "/app",
            "/app/",
            "/app/x/../y",
            "/app?x=/../..",
            "/app/%2e/x",
            "/app/...",
            "/x/../app/y")) {
      rows.add(
          Case.of(
                  "route/inside-" + target,
                  "RFC 3986 §6.2.2, issue 3",
                  "GET " + target + " HTTP/1.1\r\n" + HOST)
              .with("services.hello.routes", "/app")
              .expect(status(200), requests(1), sees("GET", target)));
    }
    // No dot segment by RFC 3986, but one to servers that strip path parameters first.
    rows.add(
        Case.of(
                "route/outside-by-path-parameter",
                "CWE-22",
                "GET /app/..;/admin HTTP/1.1\r\n" + HOST)
            .with("services.hello.routes", "/app")
            .expect(status(400, 404), untouched())
            .expect(status(200), requests(1), sees("GET", "/app/..;/admin")));
    for (String target : List.of("/", "/appx", "/admin", "/App")) {
      rows.add(
          Case.of("route/none-" + target, "contract", "GET " + target + " HTTP/1.1\r\n" + HOST)
              .with("services.hello.routes", "/app")
              .expect(Checks.problem(404), untouched()));
    }
  }
}
