package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.H2Steps.data;
import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.headers;
import static dev.rollcall.proxy.conformance.H2Steps.post;
import static dev.rollcall.proxy.conformance.H2Steps.request;
import static dev.rollcall.proxy.conformance.H2Steps.trailers;
import static dev.rollcall.proxy.conformance.UpstreamChecks.neverGets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;

import java.util.ArrayList;
import java.util.List;

/**
 * HTTP/2 requests that no HTTP/1.1 upstream may get to see (RFC 9113 §8.2, §8.3, §10.3): what is
 * harmless in a binary frame can be two requests in text. Refused by a status, a stream reset or
 * the end of the connection; the upstream sees nothing whole.
 */
final class H2RequestCases {

  private H2RequestCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    pseudoFields(rows);
    fields(rows);
    lengths(rows);
    return rows;
  }

  static Case refused(String name, String reference, H2Step... steps) {
    return Case.of("h2-malformed/" + name, reference, H2Client.of(steps))
        .with("http.h2c", "true")
        .expect(refusal(), noneComplete(), neverGets("smuggled"), neverGets("evil"));
  }

  /** A 4xx of our own, a reset stream, or a connection error: anything but an answer. */
  private static Check refusal() {
    return seen -> {
      Message answer = seen.answer();
      boolean status = answer != null && answer.status() >= 400 && answer.status() < 500;
      boolean ended = answer == null || !answer.complete;
      return status || ended ? null : "answered " + answer;
    };
  }

  private static void pseudoFields(List<Case> rows) {
    String rule = "RFC 9113 §8.3";
    String[] m = {":method", "GET"};
    String[] s = {":scheme", "http"};
    String[] p = {":path", "/"};
    String[] a = {":authority", "a.test"};
    rows.add(refused("no-method", rule, headers(1, true, join(s, p, a))));
    rows.add(refused("no-scheme", rule, headers(1, true, join(m, p, a))));
    rows.add(refused("no-path", rule, headers(1, true, join(m, s, a))));
    rows.add(
        refused("no-authority-no-host", rule + ", 9112 §3.2", headers(1, true, join(m, s, p))));
    rows.add(refused("two-methods", rule, headers(1, true, join(m, m, s, p, a))));
    rows.add(refused("two-paths", rule, headers(1, true, join(m, s, p, p, a))));
    rows.add(refused("two-authorities", rule, headers(1, true, join(m, s, p, a, a))));
    rows.add(
        refused(
            "unknown-pseudo-field",
            rule,
            headers(1, true, join(m, s, p, a, new String[] {":evil", "x"}))));
    rows.add(
        refused(
            "status-in-a-request",
            rule,
            headers(1, true, join(m, s, p, a, new String[] {":status", "200"}))));
    rows.add(
        refused(
            "pseudo-field-behind-a-field",
            rule,
            headers(1, true, join(m, s, new String[] {"x", "y"}, p, a))));
    rows.add(refused("empty-path", rule + ".1", get(1, "")));
    rows.add(refused("path-without-slash", rule + ".1", get(1, "evil")));
    rows.add(refused("path-asterisk-on-get", rule + ".1", get(1, "*")));
    rows.add(refused("path-absolute", rule + ".1", get(1, "http://evil.test/")));
    rows.add(refused("host-differs-from-authority", rule + ".1", get(1, "/", "host", "evil.test")));
    rows.add(
        refused(
            "host-of-another-port-than-authority",
            rule + ".1",
            get(1, "/", "host", "a.test:8080")));
    rows.add(
        refused(
            "two-hosts",
            rule + ".1",
            headers(1, true, join(m, s, p, new String[] {"host", "a.test", "host", "evil.test"}))));
    rows.add(
        refused(
            "pseudo-field-in-trailers",
            "RFC 9113 §8.1",
            post(1, "/"),
            data(1, false, "abc"),
            trailers(1, ":path", "/evil")));
    rows.add(
        refused(
            "connect",
            "RFC 9110 §9.3.6, issue 3",
            headers(1, true, ":method", "CONNECT", ":authority", "a.test:80")));
    rows.add(refused("trace", "issue 3: 405", headers(1, true, request("TRACE", "/"))));
  }

  private static void fields(List<Case> rows) {
    String rule = "RFC 9113 §8.2.1, §8.2.2";
    for (String[] bad :
        new String[][] {
          {"connection", "close"},
          {"keep-alive", "timeout=5"},
          {"proxy-connection", "close"},
          {"content_length", "5"},
          {"transfer_encoding", "chunked"},
          {"transfer-encoding", "chunked"},
          {"upgrade", "websocket"},
          {"te", "gzip"},
          {"te", "trailers, deflate"}
        }) {
      rows.add(refused("field-" + bad[0] + "-" + bad[1], rule, get(1, "/", bad[0], bad[1])));
    }
    rows.add(
        refused(
            "te-chunked-with-body",
            rule + ", CWE-444",
            post(1, "/", "transfer-encoding", "chunked"),
            data(1, true, "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n")));
    for (String[] bad :
        new String[][] {
          {"upper-case", "X-Upper"},
          {"space", "x y"},
          {"colon", "x: y\r\nsmuggled"},
          {"crlf", "x\r\nsmuggled"},
          {"empty", ""},
          {"nul", "x\u0000y"},
          {"parenthesis", "x(y)"},
          {"high-byte", "caf\u00e9"},
          {"trailing-colon", "transfer-encoding:"}
        }) {
      rows.add(refused("name-" + bad[0], rule, get(1, "/", bad[1], "evil")));
    }
    for (String[] bad :
        new String[][] {
          {"crlf", "x\r\nsmuggled", "y"},
          {"value-crlf", "x", "y\r\n\r\nGET /smuggled"},
          {"upper-case", "X", "y"},
          {"connection", "connection", "close"}
        }) {
      rows.add(
          refused(
              "trailer-" + bad[0],
              rule,
              post(1, "/"),
              data(1, false, "abc"),
              trailers(1, bad[1], bad[2])));
    }
  }

  private static void lengths(List<Case> rows) {
    String rule = "RFC 9113 §8.1.1, CWE-444";
    String[][] wrong = {
      {"shorter-than-body", "3", "abcGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n"},
      {"zero-with-body", "0", "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n"},
      {"longer-than-body", "100", "abc"},
      {"plus", "+3", "abc"},
      {"minus", "-3", "abc"},
      {"hex", "0x3", "abc"},
      {"empty", "", "abc"},
      {"overflow", "18446744073709551619", "abc"},
    };
    for (String[] row : wrong) {
      rows.add(
          refused(
              "content-length-" + row[0],
              rule,
              post(1, "/", "content-length", row[1]),
              data(1, true, row[2])));
    }
    rows.add(
        refused(
                "content-length-list",
                "RFC 9110 §8.6",
                post(1, "/", "content-length", "3, 3"),
                data(1, true, "abc"))
            .expect(Checks.status(200), UpstreamChecks.getsBody("abc")));
    rows.add(
        refused(
            "content-length-twice",
            rule,
            post(1, "/", "content-length", "3", "content-length", "4"),
            data(1, true, "abc")));
    rows.add(refused("content-length-without-body", rule, get(1, "/", "content-length", "3")));
  }

  static String[] join(String[]... parts) {
    List<String> all = new ArrayList<>();
    for (String[] part : parts) {
      all.addAll(List.of(part));
    }
    return all.toArray(String[]::new);
  }
}
