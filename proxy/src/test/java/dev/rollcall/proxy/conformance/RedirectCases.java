package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.sees;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** Clear text is sent to HTTPS: 308, which keeps method and target (RFC 9110 §15.4.9). */
final class RedirectCases {

  private static final String RULE = "RFC 9110 §15.4.9, issue 5";
  private static final String SETTING = "http.redirect-to-https";
  private static final String HOST = " HTTP/1.1\r\nHost: a.test:8080\r\n";

  private RedirectCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    sent(rows);
    served(rows);
    return rows;
  }

  private static Case to(String port, String name, String request) {
    return Case.of("redirect/" + name, RULE, request).with(SETTING, port);
  }

  private static void sent(List<Case> rows) {
    for (String target : List.of("/", "/x?a=b&c=%20", "/a%2Fb//c/./d", "//b.test/x", "/x?u=//y")) {
      rows.add(
          to("443", "target-" + target, "GET " + target + HOST + "\r\n")
              .expect(
                  status(308),
                  field("Location", "https://a.test" + target),
                  field("Content-Length", "0"),
                  noField("Server"),
                  untouched()));
    }
    rows.add(
        to("8443", "other-port", "GET /x" + HOST + "\r\n")
            .expect(status(308), field("Location", "https://a.test:8443/x"), untouched()));
    rows.add(
        to("443", "ipv6-literal", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n")
            .expect(status(308), field("Location", "https://[::1]/"), untouched()));
    rows.add(
        to("443", "absolute-form", "GET http://b.test/x?y" + HOST + "\r\n")
            .expect(status(308), field("Location", "https://b.test/x?y"), untouched()));
    rows.add(
        to("443", "head", "HEAD /x" + HOST + "\r\n")
            .expect(status(308), field("Location", "https://a.test/x"), untouched()));
    rows.add(
        to(
                "443",
                "post-and-the-next-on-the-same-connection",
                ("POST /x" + HOST + "Content-Length: 2\r\n\r\nhi").repeat(2))
            .answers(2)
            .expect(statuses(308, 308), untouched()));
    rows.add(to("443", "no-host", "GET / HTTP/1.0\r\n\r\n").expect(problem(400), untouched()));
    rows.add(
        to("443", "claimed-scheme-of-a-stranger", forwarded("https"))
            .expect(status(308), untouched()));
    rows.add(
        to("443", "clear-text-at-a-trusted-proxy", forwarded("http"))
            .with("http.trusted-proxies", "127.0.0.0/8")
            .expect(status(308), untouched()));
    for (String target :
        List.of(
            "/.well-known/acme-challenges",
            "/.well-known/acme-challenge/../../x",
            "/.well-known/acme-challenge/%2e%2e/x")) {
      rows.add(
          to("443", "not-exempt-" + target, "GET " + target + HOST + "\r\n")
              .expect(status(308), field("Location", "https://a.test" + target), untouched()));
    }
    rows.add(
        Case.h2("redirect", RULE, H2Steps.get(1, "/x?y"))
            .with(SETTING, "443")
            .expect(status(308), field("location", "https://a.test/x?y"), untouched()));
  }

  private static String forwarded(String scheme) {
    return "GET /x" + HOST + "X-Forwarded-Proto: " + scheme + "\r\n\r\n";
  }

  private static void served(List<Case> rows) {
    rows.add(
        to("443", "tls-ended-at-a-trusted-proxy", forwarded("https"))
            .with("http.trusted-proxies", "127.0.0.0/8")
            .expect(status(200), requests(1)));
    rows.add(
        to("443", "acme", "GET /.well-known/acme-challenge/t0ken" + HOST + "\r\n")
            .expect(status(200), sees("GET", "/.well-known/acme-challenge/t0ken")));
    rows.add(
        to("443", "except", "GET /plain/x" + HOST + "\r\n")
            .with("http.redirect-except", "/plain,/other")
            .expect(status(200), requests(1)));
    rows.add(
        Case.of("redirect/off", RULE, "GET /x" + HOST + "\r\n").expect(status(200), requests(1)));
  }
}
