package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.headers;
import static dev.rollcall.proxy.conformance.H2Steps.request;

import java.util.ArrayList;
import java.util.List;

/** HTTP/2 values that would be more than values in text (RFC 9113 §8.2.1, §10.3). */
final class H2ValueCases {

  private static final String SMUGGLED = "x\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private H2ValueCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    values(rows);
    return rows;
  }

  private static void values(List<Case> rows) {
    String rule = "RFC 9113 §8.2.1, §10.3, CVE-2021-21295 kin";
    for (String[] bad :
        new String[][] {
          {"crlf", "/" + SMUGGLED},
          {"space", "/a b"},
          {"space-version", "/ HTTP/1.1\r\nX: smuggled"},
          {"lf", "/a\nb"},
          {"cr", "/a\rb"},
          {"nul", "/a\u0000b"},
          {"fragment", "/a#b"},
          {"tab", "/a\tb"},
          {"delete", "/a\u007fb"}
        }) {
      rows.add(H2RequestCases.refused("path-" + bad[0], rule, get(1, bad[1])));
    }
    for (String[] bad :
        new String[][] {
          {"crlf", "GET / HTTP/1.1\r\nHost: evil\r\n\r\nGET"},
          {"space", "GET /evil"},
          {"empty", ""},
          {"nul", "GE\u0000T"},
          {"colon", "GET:"}
        }) {
      rows.add(
          H2RequestCases.refused("method-" + bad[0], rule, headers(1, true, request(bad[1], "/"))));
    }
    for (String[] bad :
        new String[][] {
          {"crlf", "a.test\r\nX: smuggled"},
          {"space", "a.test evil"},
          {"user", "evil@a.test"},
          {"path", "a.test/evil"},
          {"query", "a.test?evil"},
          {"port", "a.test:evil"},
          {"nul", "a\u0000"},
          {"empty", ""},
          {"bracket", "[::1"}
        }) {
      rows.add(
          H2RequestCases.refused(
              "authority-" + bad[0],
              rule,
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
                  bad[1])));
    }
    rows.add(
        H2RequestCases.refused(
            "scheme-crlf",
            rule,
            headers(
                1,
                true,
                ":method",
                "GET",
                ":scheme",
                "http\r\nx: smuggled",
                ":path",
                "/",
                ":authority",
                "a.test")));
    for (String[] bad :
        new String[][] {
          {"crlf", SMUGGLED},
          {"lf", "a\nsmuggled: b"},
          {"cr", "a\rsmuggled: b"},
          {"nul", "a\u0000evil"},
          {"crlf-te", "a\r\ntransfer-encoding: chunked"}
        }) {
      rows.add(H2RequestCases.refused("value-" + bad[0], rule, get(1, "/", "x", bad[1])));
    }
  }
}
