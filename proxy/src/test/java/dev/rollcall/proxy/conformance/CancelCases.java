package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Steps.answerSeen;
import static dev.rollcall.proxy.conformance.Steps.await;
import static dev.rollcall.proxy.conformance.Steps.awaitEnd;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.halfClose;
import static dev.rollcall.proxy.conformance.Steps.readBody;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.Steps.readMessage;
import static dev.rollcall.proxy.conformance.Steps.reset;
import static dev.rollcall.proxy.conformance.Steps.send;
import static dev.rollcall.proxy.conformance.Steps.signal;
import static dev.rollcall.proxy.conformance.UpstreamChecks.cut;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/**
 * The client is gone: the upstream must hear of it, in every phase. The upstream's script waits for
 * the end of its connection, which must come while the proxy still runs. A client that has only
 * shut its sending side isn't gone yet.
 */
final class CancelCases {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String RULE = "issue 3: client gone, RFC 9112 §9.6";

  private CancelCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    for (boolean rude : new boolean[] {false, true}) {
      Step gone = rude ? reset() : close();
      String how = rude ? "-reset" : "-close";
      rows.add(
          Case.of(
                  "client-gone/while-uploading" + how,
                  RULE,
                  Case.client(
                      "POST",
                      send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhello"),
                      await("here"),
                      gone,
                      await("ended")))
              .exchange(readBody(5), signal("here"), awaitEnd(), signal("ended"))
              .expect(cut()));
      rows.add(
          Case.of(
                  "client-gone/while-uploading-chunks" + how,
                  RULE,
                  Case.client(
                      "POST",
                      send(
                          "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                      await("here"),
                      gone,
                      await("ended")))
              .exchange(readBody(5), signal("here"), awaitEnd(), signal("ended"))
              .expect(cut()));
      rows.add(
          Case.of(
                  "client-gone/while-waiting-for-the-answer" + how,
                  RULE,
                  Case.client("GET", send(GET), await("here"), gone, await("ended")))
              .exchange(readMessage(), signal("here"), awaitEnd(), signal("ended"))
              .expect(requests(1)));
      rows.add(
          Case.of(
                  "client-gone/while-waiting-for-the-continue" + how,
                  RULE,
                  Case.client(
                      "POST",
                      send(
                          "POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"),
                      await("here"),
                      gone,
                      await("ended")))
              .exchange(readHead(), signal("here"), awaitEnd(), signal("ended"))
              .expect(cut()));
      rows.add(
          Case.of(
                  "client-gone/while-the-body-comes" + how,
                  RULE,
                  Case.client("GET", send(GET), readBody(5), gone, await("ended")))
              .exchange(
                  readMessage(),
                  send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhello"),
                  awaitEnd(),
                  signal("ended"))
              .expect(requests(1)));
      rows.add(
          Case.of(
                  "client-gone/while-an-event-stream-is-quiet" + how,
                  RULE,
                  Case.client("GET", send(GET), readBody(3), gone, await("ended")))
              .exchange(
                  readMessage(),
                  send(
                      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n:a\n\r\n"),
                  awaitEnd(),
                  signal("ended"))
              .expect(requests(1)));
      rows.add(
          Case.of(
                  "client-gone/while-a-second-request-waits" + how,
                  RULE,
                  Case.client(
                      "GET",
                      send(GET),
                      readMessage(),
                      send(GET),
                      await("here"),
                      gone,
                      await("ended")))
              .answers(2)
              .exchange(answerSeen())
              .exchange(readMessage(), signal("here"), awaitEnd(), signal("ended"))
              .expect(requests(2)));
      rows.add(
          Case.of("client-gone/in-a-tunnel" + how, RULE, TunnelCases.opening(gone, await("ended")))
              .exchange(readHead(), send(TunnelCases.SWITCHED), awaitEnd(), signal("ended"))
              .expect(requests(1)));
    }
    rows.add(
        Case.of(
                "client-sends-no-more/has-its-answer",
                RULE,
                Case.client("GET", send(GET), halfClose()))
            .exchange(answerSeen())
            .expect(status(200), complete(), requests(1)));
    rows.add(
        Case.of(
                "client-sends-no-more/has-all-its-answers",
                RULE,
                Case.client("GET", send(GET + GET), halfClose()))
            .answers(2)
            .exchange(answerSeen())
            .exchange(answerSeen())
            .expect(statuses(200, 200), requests(2)));
    return rows;
  }
}
