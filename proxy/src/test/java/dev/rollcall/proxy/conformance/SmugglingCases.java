package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.closed;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.neverGets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** Both framings at once, or framing on HTTP/1.0 (RFC 9112 §6.1, CWE-444). */
final class SmugglingCases {

  private static final String POST = "POST /first HTTP/1.1\r\nHost: a.test\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private SmugglingCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    bothOrOld(rows);
    return rows;
  }

  private static void bothOrOld(List<Case> rows) {
    String both = "RFC 9112 §6.1, §6.3(3), CWE-444";
    rows.add(
        Case.of(
                "smuggling/cl-te",
                both,
                POST
                    + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX"
                    + SMUGGLED)
            .expect(status(400), closed(), untouched())
            .expect(status(200), closed(), requests(1), getsBody("")));
    rows.add(
        Case.of(
                "smuggling/te-cl",
                both,
                POST
                    + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n28\r\n"
                    + SMUGGLED
                    + "\r\n0\r\n\r\n")
            .expect(status(400), closed(), untouched())
            .expect(status(200), closed(), requests(1), getsBody(SMUGGLED)));
    rows.add(
        Case.of(
                "smuggling/cl-0-te",
                both,
                POST + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n" + SMUGGLED)
            .expect(status(400), closed(), untouched()));
    rows.add(
        Case.of(
                "smuggling/cl-te-on-get",
                both,
                "GET /first HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
            .expect(status(400), closed(), untouched())
            .expect(status(200), closed(), requests(1), getsBody("")));
    for (String length : List.of("", "Content-Length: 5\r\n")) {
      rows.add(
          Case.of(
                  "smuggling/te-on-http-1.0" + (length.isEmpty() ? "" : "-with-cl"),
                  "RFC 9112 §6.1",
                  "POST /first HTTP/1.0\r\nHost: a.test\r\nConnection: keep-alive\r\n"
                      + length
                      + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                      + SMUGGLED)
              .expect(status(400, 501), closed(), untouched())
              .expect(status(200), closed(), requests(1), neverGets("/smuggled")));
    }
    rows.add(
        Case.of(
                "smuggling/cl-nominated-by-connection",
                "RFC 9110 §7.6.1",
                POST + "Connection: Content-Length\r\nContent-Length: 40\r\n\r\n" + SMUGGLED)
            .expect(status(400), closed(), untouched())
            .expect(status(200), requests(1), getsBody(SMUGGLED)));
    rows.add(
        Case.of(
                "smuggling/te-nominated-by-connection",
                "RFC 9110 §7.6.1",
                POST
                    + "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "28\r\n"
                    + SMUGGLED
                    + "\r\n0\r\n\r\n")
            .expect(status(400), closed(), untouched())
            .expect(status(200), requests(1), getsBody(SMUGGLED)));
    for (String name : List.of("Content_Length", "transfer_encoding", "CONTENT_LENGTH")) {
      rows.add(
          Case.of(
                  "smuggling/taken-for-" + name,
                  "RFC 3875 §4.1.18, CWE-444",
                  POST + "Content-Length: 5\r\n" + name + ": chunked\r\n\r\nhello" + SMUGGLED)
              .expect(status(400), closed(), untouched()));
    }
    rows.add(
        Case.of(
                "smuggling/cl-on-get-is-kept",
                "RFC 9110 §9.3.1, CVE-2019-18277 kin",
                "GET /first HTTP/1.1\r\nHost: a.test\r\nContent-Length: 40\r\n\r\n" + SMUGGLED)
            .expect(status(400), closed(), untouched())
            .expect(status(200), requests(1), getsBody(SMUGGLED)));
    rows.add(
        Case.of(
                "smuggling/cl-on-head-delete-is-kept",
                "RFC 9110 §8.6",
                "DELETE /first HTTP/1.1\r\nHost: a.test\r\nContent-Length: 40\r\n\r\n" + SMUGGLED)
            .expect(status(200), requests(1), getsBody(SMUGGLED)));
  }
}
