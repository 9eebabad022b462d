package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.H2Steps.cancel;
import static dev.rollcall.proxy.conformance.H2Steps.close;
import static dev.rollcall.proxy.conformance.H2Steps.data;
import static dev.rollcall.proxy.conformance.H2Steps.frame;
import static dev.rollcall.proxy.conformance.H2Steps.get;
import static dev.rollcall.proxy.conformance.H2Steps.post;
import static dev.rollcall.proxy.conformance.H2Steps.readBody;
import static dev.rollcall.proxy.conformance.H2Steps.request;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.UpstreamChecks.cut;
import static dev.rollcall.proxy.conformance.UpstreamChecks.noneComplete;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requestsAtMost;
import static dev.rollcall.proxy.conformance.UpstreamChecks.untouched;

import java.util.ArrayList;
import java.util.List;

/** HTTP/2 clients that go away, send too much, or flood (RFC 9113 §10.5). */
final class H2LimitCases {

  private H2LimitCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    gone(rows);
    limits(rows);
    floods(rows);
    return rows.stream().map(row -> row.with("http.h2c", "true")).toList();
  }

  private static void gone(List<Case> rows) {
    for (boolean connection : new boolean[] {false, true}) {
      H2Step gone = connection ? close() : cancel(1);
      String how = connection ? "-connection" : "-stream";
      rows.add(
          Case.h2(
                  "client-gone/while-uploading" + how,
                  "issue 3",
                  post(1, "/"),
                  data(1, false, "hello"),
                  H2Steps.await("here"),
                  gone,
                  H2Steps.await("ended"),
                  close())
              .exchange(Steps.readBody(5), Steps.signal("here"), awaitEnd(), Steps.signal("ended"))
              .expect(cut()));
      rows.add(
          Case.h2(
                  "client-gone/while-waiting" + how,
                  "issue 3",
                  get(1, "/"),
                  H2Steps.await("here"),
                  gone,
                  H2Steps.await("ended"),
                  close())
              .exchange(readMessage(), Steps.signal("here"), awaitEnd(), Steps.signal("ended"))
              .expect(requests(1)));
      rows.add(
          Case.h2(
                  "client-gone/while-reading" + how,
                  "issue 3",
                  get(1, "/"),
                  readBody(1, 5),
                  gone,
                  H2Steps.await("ended"),
                  close())
              .exchange(
                  readMessage(),
                  send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello"),
                  awaitEnd(),
                  Steps.signal("ended"))
              .expect(requests(1)));
    }
    rows.add(
        Case.of(
                "h2/client-does-not-read",
                "issue 3: constant memory",
                new H2Client(
                    65_535, List.of(get(1, "/"), H2Steps.await("stalled"), cancel(1), close())))
            .exchange(
                readMessage(),
                send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"),
                Steps.sendUntilStalled(64 << 20, "stalled"),
                Steps.close())
            .expect(requests(1)));
  }

  private static void limits(List<Case> rows) {
    rows.add(
        Case.h2(
                "limit-body",
                "contract: 413",
                post(1, "/", "content-length", "2000"),
                data(1, true, "x".repeat(2000)))
            .with("limit.body-size", "1KB")
            .expect(status(413), noneComplete()));
    rows.add(
        Case.h2(
                "limit-body-without-length",
                "contract: 413",
                post(1, "/"),
                data(1, false, "x".repeat(1000)),
                data(1, true, "x".repeat(1000)))
            .with("limit.body-size", "1KB")
            .expect(status(413), noneComplete()));
    rows.add(
        Case.h2("limit-target", "contract: 414", get(1, "/" + "a".repeat(8300)))
            .expect(status(414), untouched()));
    String[] fields = new String[202];
    for (int i = 0; i < fields.length; i += 2) {
      fields[i] = "x-" + i;
      fields[i + 1] = "y";
    }
    rows.add(
        Case.h2("limit-field-count", "contract: 431", get(1, "/", fields))
            .expect(status(431), untouched()));
    rows.add(
        Case.h2(
                "limit-requests-per-connection",
                "contract: limit.*, RFC 9113 §6.8",
                get(1, "/1"),
                H2Steps.readAll(1),
                get(3, "/2"),
                H2Steps.readAll(3))
            .answers(2)
            .with("limit.requests-per-connection", "2")
            .expect(Checks.statuses(200, 200), Checks.closed(), requests(2)));
    rows.add(
        Case.h2("limit-body-stall", "contract: timeout", post(1, "/"), data(1, false, "x"))
            .with("timeout.request-body-stall", "300ms")
            .exchange(readMessage())
            .expect(status(408), noneComplete())
            .expect(Checks.noAnswer(), noneComplete()));
  }

  private static void floods(List<Case> rows) {
    String rule = "RFC 9113 §10.5";
    H2Step[] rapid = new H2Step[2000];
    for (int i = 0; i < 1000; i++) {
      rapid[2 * i] = get(1 + 2 * i, "/" + i);
      rapid[2 * i + 1] = cancel(1 + 2 * i);
    }
    rows.add(
        Case.h2("flood-rapid-reset", rule + ", CVE-2023-44487", rapid)
            .answers(1000)
            .exchange(readMessage(), awaitEnd())
            .expect(requestsAtMost(300)));
    H2Step[] continuations = new H2Step[2000];
    continuations[0] =
        frame(H2Frame.HEADERS, 0, 1, H2Fields.encode(H2Steps.fields(request("GET", "/"))));
    byte[] part = H2Fields.encode(List.of(new Field("x", "y".repeat(1000))));
    for (int i = 1; i < continuations.length; i++) {
      continuations[i] = frame(H2Frame.CONTINUATION, 0, 1, part);
    }
    rows.add(
        Case.h2("flood-continuation", rule + ", CVE-2024-27316", continuations)
            .expect(untouched()));
    H2Step[] small = new H2Step[2000];
    small[0] = frame(H2Frame.HEADERS, 0, 1, H2Fields.encode(H2Steps.fields(request("GET", "/"))));
    for (int i = 1; i < small.length; i++) {
      small[i] = frame(H2Frame.CONTINUATION, 0, 1, new byte[0]);
    }
    rows.add(
        Case.h2("flood-empty-continuation", rule + ", CVE-2024-27316", join(small, get(3, "/")))
            .expect(requestsAtMost(1)));
    H2Step[] empty = new H2Step[20_001];
    empty[0] = post(1, "/");
    for (int i = 1; i < empty.length; i++) {
      empty[i] = data(1, false, "");
    }
    rows.add(Case.h2("flood-empty-data", rule + ", CVE-2019-9518", empty).expect(noneComplete()));
    rows.add(
        Case.h2("large-field-block", rule, get(1, "/", "x", "y".repeat(60_000)))
            .expect(status(431), untouched())
            .expect(Checks.noAnswer(), untouched()));
    rows.add(
        Case.of(
                "h2/http-1-on-the-same-port",
                "contract: http.h2c",
                "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .expect(status(200), requests(1)));
  }

  private static H2Step[] join(H2Step[] steps, H2Step last) {
    H2Step[] all = java.util.Arrays.copyOf(steps, steps.length + 1);
    all[steps.length] = last;
    return all;
  }
}
