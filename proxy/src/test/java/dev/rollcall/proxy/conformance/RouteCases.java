package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.lacks;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.sees;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** Routes that want a header, and routes that take their own part off the path. */
final class RouteCases {

  private static final String RULE = "issue 5: routes";
  private static final String HOST = " HTTP/1.1\r\nHost: a.test\r\n";
  private static final String PREFIX = "X-Forwarded-Prefix";

  private RouteCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    byHeader(rows);
    stripped(rows);
    refused(rows);
    prefixes(rows);
    locations(rows);
    return rows;
  }

  private static void byHeader(List<Case> rows) {
    String[][] requests = {
      {"X-Try=blue", "X-Try: blue\r\n", "200"},
      {"X-Try=blue", "x-try:  blue \r\n", "200"},
      {"X-Try=blue", "X-Try: green\r\n", "404"},
      {"X-Try=blue", "X-Try: blueish\r\n", "404"},
      {"X-Try=blue", "", "404"},
      {"X-Try", "X-Try: anything\r\n", "200"},
      {"X-Try", "", "404"},
    };
    int n = 0;
    for (String[] row : requests) {
      Case asked =
          Case.of("route/header-" + ++n, RULE, "GET /x" + HOST + row[1] + "\r\n")
              .with("services.hello.routes", "/")
              .with("services.hello.routes.header", row[0]);
      rows.add(
          row[2].equals("200")
              ? asked.expect(status(200), requests(1))
              : asked.expect(problem(404), untouched()));
    }
  }

  private static Case strip(String name, String request) {
    return Case.of("strip/" + name, RULE, request)
        .with("services.hello.routes", "/app")
        .with("services.hello.routes.strip", "true");
  }

  private static void stripped(List<Case> rows) {
    String[][] targets = {
      {"/app", "/"},
      {"/app/", "/"},
      {"/app?q=/app", "/?q=/app"},
      {"/app/x", "/x"},
      {"/app/x?a=b&c=%20", "/x?a=b&c=%20"},
      {"/app/app/x", "/app/x"},
      {"/app/a%2Fb%41", "/a%2Fb%41"},
      {"/app/a/../b", "/a/../b"},
      {"/app/x;p=1//y", "/x;p=1//y"},
      {"/app//evil.test/x", "/evil.test/x"},
      {"/app///", "/"},
    };
    for (String[] row : targets) {
      rows.add(
          strip("target-" + row[0], "GET " + row[0] + HOST + "\r\n")
              .expect(status(200), requests(1), sees("GET", row[1]), gets(PREFIX, "/app")));
    }
    rows.add(
        strip("route-with-a-slash-behind", "GET /app/x" + HOST + "\r\n")
            .with("services.hello.routes", "/app/")
            .expect(status(200), sees("GET", "/x"), gets(PREFIX, "/app")));
    rows.add(
        strip("route-that-is-the-root", "GET /x" + HOST + "\r\n")
            .with("services.hello.routes", "/")
            .expect(status(200), sees("GET", "/x"), lacks(PREFIX)));
    rows.add(
        strip("absolute-form", "GET http://a.test/app/x" + HOST + "\r\n")
            .expect(status(200), sees("GET", "/x"), gets("Host", "a.test")));
    rows.add(
        strip("post", "POST /app/x" + HOST + "Content-Length: 2\r\n\r\nhi")
            .expect(status(200), sees("POST", "/x"), UpstreamChecks.getsBody("hi")));
    rows.add(
        Case.h2("strip", RULE, H2Steps.get(1, "/app/x?q"))
            .with("services.hello.routes", "/app")
            .with("services.hello.routes.strip", "true")
            .expect(status(200), sees("GET", "/x?q"), gets(PREFIX, "/app")));
  }

  /** Where the prefix isn't literally there, or the rest would climb above it. */
  private static void refused(List<Case> rows) {
    for (String target :
        List.of(
            "/%61pp/x",
            "//app/x",
            "/x/../app/y",
            "/./app/y",
            "/app/..",
            "/app/../x",
            "/app/x/../../app/y",
            "/app/%2e%2e/app/y")) {
      rows.add(
          strip("refused-" + target, "GET " + target + HOST + "\r\n")
              .expect(status(400, 404), untouched()));
    }
  }

  private static void prefixes(List<Case> rows) {
    String forged = PREFIX + ": /evil\r\n";
    rows.add(
        strip("forged-prefix", "GET /app/x" + HOST + forged + "\r\n")
            .expect(status(200), gets(PREFIX, "/app")));
    rows.add(
        Case.of("strip/forged-prefix-without-one", RULE, "GET /x" + HOST + forged + "\r\n")
            .expect(status(200), lacks(PREFIX)));
    rows.add(
        strip("prefix-of-a-trusted-proxy", "GET /app/x" + HOST + PREFIX + ": /site\r\n\r\n")
            .with("http.trusted-proxies", "127.0.0.0/8")
            .expect(status(200), gets(PREFIX, "/site/app")));
  }

  private static void locations(List<Case> rows) {
    String own = "http://127.0.0.1:{port}";
    String[][] fields = {
      {"Location", "/login?next=/x", "/app/login?next=/x"},
      {"Location", "/", "/app/"},
      {"Location", own + "/login", "http://a.test/app/login"},
      {"Location", own, "http://a.test"},
      {"Location", "http://a.test/login", "http://a.test/app/login"},
      {"Location", "/app/login", "/app/login"},
      {"Location", "/app", "/app"},
      {"Location", "/apple", "/app/apple"},
      {"Location", "login", "login"},
      {"Location", "?page=2", "?page=2"},
      {"Location", "//b.test/login", "//b.test/login"},
      {"Location", "https://b.test/login", "https://b.test/login"},
      {"Location", "http://a.test.evil.test/x", "http://a.test.evil.test/x"},
      {"Content-Location", "/x.html", "/app/x.html"},
      {"Refresh", "5; url=/next", "5; url=/app/next"},
      {"Refresh", "5", "5"},
    };
    int n = 0;
    for (String[] row : fields) {
      rows.add(
          strip("back-" + ++n + "-" + row[0], "GET /app/x" + HOST + "\r\n")
              .exchange(
                  answer(
                      "HTTP/1.1 302 There\r\n"
                          + row[0]
                          + ": "
                          + row[1]
                          + "\r\nContent-Length: 0\r\n\r\n"))
              .expect(status(302), field(row[0], row[2])));
    }
  }
}
