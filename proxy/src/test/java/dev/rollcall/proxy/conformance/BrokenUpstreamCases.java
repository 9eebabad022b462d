package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.sendRepeated;

import java.util.ArrayList;
import java.util.List;

/**
 * Upstreams that do not speak HTTP, or stop in the midst of it: 502 while nothing has been passed
 * on, a visibly broken transfer after that, and never a byte of it in another answer.
 */
final class BrokenUpstreamCases {

  private static final String POST = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n";
  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private BrokenUpstreamCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    heads(rows);
    repairableHeads(rows);
    endless(rows);
    return rows;
  }

  /** Sent in answer to a POST, so that no retry can repair it. */
  private static void heads(List<Case> rows) {
    String[][] wrong = {
      {"no-status-line", "nonsense\r\n\r\nevil"},
      {"smtp-banner", "220 evil ESMTP\r\n"},
      {"icy", "ICY 200 OK\r\n\r\nevil"},
      {"http-2-preface", "HTTP/2.0 200 OK\r\nContent-Length: 4\r\n\r\nevil"},
      {"http-0.9", "<html>evil</html>"},
      {"status-two-digits", "HTTP/1.1 20 OK\r\nContent-Length: 4\r\n\r\nevil"},
      {"status-four-digits", "HTTP/1.1 2000 OK\r\nContent-Length: 4\r\n\r\nevil"},
      {"status-letters", "HTTP/1.1 OK 200\r\nContent-Length: 4\r\n\r\nevil"},
      {"status-000", "HTTP/1.1 000 Nothing\r\nContent-Length: 4\r\n\r\nevil"},
      {"status-negative", "HTTP/1.1 -20 OK\r\nContent-Length: 4\r\n\r\nevil"},
      {
        "cl-two-differing", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nevil!"
      },
      {"cl-list-differing", "HTTP/1.1 200 OK\r\nContent-Length: 4, 5\r\n\r\nevil!"},
      {"cl-plus", "HTTP/1.1 200 OK\r\nContent-Length: +4\r\n\r\nevil"},
      {"cl-minus", "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nevil"},
      {"cl-hex", "HTTP/1.1 200 OK\r\nContent-Length: 0x4\r\n\r\nevil"},
      {"cl-empty", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nevil"},
      {"cl-overflow", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551620\r\n\r\nevil"},
      {"te-unknown", "HTTP/1.1 200 OK\r\nTransfer-Encoding: cow\r\n\r\nevil"},
      {"te-chunked-not-last", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\nevil"},
      {
        "te-twice",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n"
      },
      {
        "te-two-lines",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n"
      },
      {"field-nul", "HTTP/1.1 200 OK\r\nX: a\u0000b\r\nContent-Length: 4\r\n\r\nevil"},
      {"field-name-nul", "HTTP/1.1 200 OK\r\nX\u0000Y: b\r\nContent-Length: 4\r\n\r\nevil"},
      {"field-name-space", "HTTP/1.1 200 OK\r\nX Y: b\r\nContent-Length: 4\r\n\r\nevil"},
      {"field-no-colon", "HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 4\r\n\r\nevil"},
      {"field-empty-name", "HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 4\r\n\r\nevil"},
      {
        "hints-empty-name",
        "HTTP/1.1 103 Early Hints\r\n: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
      },
      {
        "field-bare-cr",
        "HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: evil=1\r\nContent-Length: 4\r\n\r\nevil"
      },
      {"tls-alert", "\u0015\u0003\u0003\u0000\u0002\u0002\u0028"},
      {"ssh-banner", "SSH-2.0-OpenSSH_evil\r\n"},
    };
    for (String[] row : wrong) {
      rows.add(
          Case.of("upstream-head/" + row[0], "RFC 9112 §4, §6.3, 9110 §15.6.3, issue 3", POST)
              .exchange(answer(row[1]), close())
              .expect(problem(502), never("evil"), UpstreamChecks.requests(1)));
    }
  }

  private static void repairableHeads(List<Case> rows) {
    String[][] repairable = {
      {"cl-two-same", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nfine"},
      {"cl-list-same", "HTTP/1.1 200 OK\r\nContent-Length: 4, 4\r\n\r\nfine"},
      {
        "cl-and-te",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n0\r\n\r\n"
      },
      {"te-on-1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n0\r\n\r\n"},
      {"reason-nul", "HTTP/1.1 200 O\u0000K\r\nContent-Length: 4\r\n\r\nfine"},
      {"reason-bare-cr", "HTTP/1.1 200 O\rK\r\nContent-Length: 4\r\n\r\nfine"},
      {"no-reason", "HTTP/1.1 200\r\nContent-Length: 4\r\n\r\nfine"},
      {"empty-reason", "HTTP/1.1 200 \r\nContent-Length: 4\r\n\r\nfine"},
      {"space-before-colon", "HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 4\r\n\r\nfine"},
      {"obs-fold", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 4\r\n\r\nfine"},
      {"bare-lf", "HTTP/1.1 200 OK\nContent-Length: 4\n\nfine"},
      {"control-in-value", "HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 4\r\n\r\nfine"},
      {"version-1.2", "HTTP/1.2 200 OK\r\nContent-Length: 4\r\n\r\nfine"},
      {"lower-case-http", "http/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"},
      {"empty-line-first", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"},
    };
    for (String[] row : repairable) {
      rows.add(
          Case.of("upstream-head/" + row[0], "RFC 9112 §2.2, §4, §5, §6.3", POST)
              .exchange(answer(row[1]), close())
              .expect(status(502), never("fine"))
              .expect(status(200), complete(), body("fine")));
    }
    for (int code : new int[] {299, 499, 599}) {
      rows.add(
          Case.of("upstream-head/status-" + code + "-passes", "RFC 9110 §15", POST)
              .exchange(answer("HTTP/1.1 " + code + " Whatever\r\nContent-Length: 4\r\n\r\nfine"))
              .expect(status(code), body("fine")));
    }
    for (int code : new int[] {600, 999}) {
      rows.add(
          Case.of("upstream-head/status-" + code, "RFC 9110 §15", POST)
              .exchange(answer("HTTP/1.1 " + code + " Whatever\r\nContent-Length: 4\r\n\r\nfine"))
              .expect(status(code), body("fine"))
              .expect(status(502)));
    }
  }

  private static void endless(List<Case> rows) {
    byte[] block = Bytes.of("X: " + "a".repeat(1019) + "\r\n");
    rows.add(
        Case.of("upstream-head/of-2-mb", "issue 3", POST)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\n"),
                sendRepeated(block, 2048),
                send("Content-Length: 4\r\n\r\nevil"))
            .expect(problem(502), never("evil")));
    rows.add(
        Case.of("upstream-head/one-field-of-2-mb", "issue 3", POST)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nX: "),
                sendRepeated(Bytes.of("a".repeat(1024)), 2048),
                send("\r\nContent-Length: 4\r\n\r\nevil"))
            .expect(problem(502), never("evil")));
    rows.add(
        Case.of("upstream-head/status-line-of-2-mb", "issue 3", POST)
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 "),
                sendRepeated(Bytes.of("a".repeat(1024)), 2048),
                send("\r\n\r\nevil"))
            .expect(problem(502), never("evil")));
    rows.add(
        Case.of("upstream-head/without-end", "issue 3", POST)
            .exchange(readMessage(), send("HTTP/1.1 200 OK\r\n"), sendRepeated(block, 1 << 20))
            .expect(problem(502)));
    rows.add(
        Case.of("upstream-head/10000-fields", "issue 3", POST)
            .exchange(
                readMessage(),
                send(
                    "HTTP/1.1 200 OK\r\n"
                        + "X: y\r\n".repeat(10_000)
                        + "Content-Length: 4\r\n\r\nfine"))
            .expect(problem(502), never("fine"))
            .expect(status(200), complete(), body("fine")));
  }
}
