package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.complete;
import static dev.rollcall.proxy.conformance.Checks.field;
import static dev.rollcall.proxy.conformance.Checks.interims;
import static dev.rollcall.proxy.conformance.Checks.never;
import static dev.rollcall.proxy.conformance.Checks.noField;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Checks.statuses;
import static dev.rollcall.proxy.conformance.Checks.trailers;
import static dev.rollcall.proxy.conformance.H2Replies.awaitCancelled;
import static dev.rollcall.proxy.conformance.H2Replies.data;
import static dev.rollcall.proxy.conformance.H2Replies.head;
import static dev.rollcall.proxy.conformance.H2Replies.readAll;
import static dev.rollcall.proxy.conformance.Reachable.Kind.SERVING_H2C;
import static dev.rollcall.proxy.conformance.UpstreamChecks.gets;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsBody;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsMatching;
import static dev.rollcall.proxy.conformance.UpstreamChecks.getsTrailers;
import static dev.rollcall.proxy.conformance.UpstreamChecks.lacks;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;
import static dev.rollcall.proxy.conformance.UpstreamChecks.sees;

import java.util.ArrayList;
import java.util.List;

/**
 * Upstreams that speak HTTP/2 with prior knowledge, gRPC services first of all (RFC 9113): what
 * passes, and in {@link H2cFaultCases} what goes wrong.
 */
final class H2cUpstreamCases {

  private static final byte[] LARGE = Bytes.pattern(2_000_000);
  private static final String[] GRPC = {"content-type", "application/grpc", "te", "trailers"};

  private H2cUpstreamCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    grpc(rows);
    oldClients(rows);
    answers(rows);
    rows.addAll(H2cFaultCases.all());
    return rows.stream()
        .map(row -> row.with("protocol", "H2C"))
        .map(row -> row.upstreams().size() > 1 ? row : row.facing(SERVING_H2C))
        .toList();
  }

  static Case call(String name, H2Step... steps) {
    return Case.h2(name, "issue 3: gRPC through, RFC 9113", steps).named("to-h2c/" + name);
  }

  private static void grpc(List<Case> rows) {
    rows.add(
        call(
                "unary-call",
                H2Steps.post(1, "/hello.Greeter/Say", GRPC),
                H2Steps.data(1, true, "\0\0\0\0\2hi"))
            .reply(
                readAll(),
                head("200", "content-type", "application/grpc"),
                data(false, "\0\0\0\0\2yo"),
                H2Replies.trailers("grpc-status", "0", "grpc-message", "fine"))
            .expect(
                status(200),
                complete(),
                body("\0\0\0\0\2yo"),
                trailers(new Field("grpc-status", "0"), new Field("grpc-message", "fine")),
                sees("POST", "/hello.Greeter/Say"),
                gets(":authority", "a.test"),
                gets("te", "trailers"),
                gets("x-forwarded-for", "127.0.0.1"),
                getsMatching("via", "2(\\.0)? [^ ,]+"),
                lacks("connection", "transfer-encoding", "host"),
                getsBody("\0\0\0\0\2hi")));
    rows.add(
        call("trailers-only", H2Steps.post(1, "/x", GRPC), H2Steps.data(1, true, "hi"))
            .reply(readAll(), head(true, "200", "grpc-status", "12"))
            .expect(status(200), complete(), field("grpc-status", "12"), body("")));
    rows.add(
        call(
                "bidirectional",
                H2Steps.post(1, "/x", GRPC),
                H2Steps.data(1, false, "one"),
                H2Steps.readBody(1, 3),
                H2Steps.data(1, false, "two"),
                H2Steps.readBody(1, 6),
                H2Steps.data(1, true, ""))
            .reply(
                H2Replies.readBody(3),
                head("200", "content-type", "application/grpc"),
                data(false, "ONE"),
                H2Replies.readBody(6),
                data(false, "TWO"),
                readAll(),
                H2Replies.trailers("grpc-status", "0"))
            .expect(
                status(200),
                complete(),
                body("ONETWO"),
                trailers(new Field("grpc-status", "0")),
                getsBody("onetwo")));
    rows.add(
        call(
                "answer-head-before-the-first-message",
                H2Steps.post(1, "/x", GRPC),
                H2Steps.readHead(1),
                H2Steps.data(1, true, "one"))
            .reply(
                head("200", "content-type", "application/grpc"),
                readAll(),
                H2Replies.trailers("grpc-status", "0"))
            .expect(status(200), complete(), trailers(new Field("grpc-status", "0"))));
    rows.add(
        call(
                "request-trailers",
                H2Steps.post(1, "/x", GRPC),
                H2Steps.data(1, false, "one"),
                H2Steps.trailers(1, "x-sum", "42"))
            .reply(readAll(), head(true, "200"))
            .expect(status(200), getsBody("one"), getsTrailers(new Field("x-sum", "42"))));
    rows.add(
        call(
                "client-cancels",
                H2Steps.post(1, "/x", GRPC),
                H2Steps.data(1, false, "one"),
                H2Steps.await("here"),
                H2Steps.cancel(1),
                H2Steps.await("cancelled"),
                H2Steps.close())
            .reply(
                H2Replies.readBody(3),
                H2Replies.signal("here"),
                awaitCancelled(),
                H2Replies.signal("cancelled"))
            .expect(UpstreamChecks.cut()));
    rows.add(
        call("large-messages-both-ways", H2Steps.post(1, "/x", GRPC), H2Steps.body(1, LARGE, true))
            .reply(
                readAll(),
                head("200"),
                H2Replies.body(LARGE, false),
                H2Replies.trailers("grpc-status", "0"))
            .expect(status(200), complete(), body(LARGE), getsBody(LARGE)));
  }

  private static void oldClients(List<Case> rows) {
    String rule = "RFC 9113 §8.2.2, §8.3";
    rows.add(
        Case.of(
                "to-h2c/http-1.1-client",
                rule,
                "POST /a%2Fb?q HTTP/1.1\r\nHost: a.test\r\nConnection: X-Foo, keep-alive\r\nX-Foo: y\r\n"
                    + "Keep-Alive: x\r\nX-Bar: Z\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")
            .reply(readAll(), head("200", "x-fine", "y"), data(true, "yo"))
            .expect(
                status(200),
                complete(),
                body("yo"),
                field("x-fine", "y"),
                sees("POST", "/a%2Fb?q"),
                gets(":authority", "a.test"),
                gets("x-bar", "Z"),
                lacks("x-foo", "keep-alive", "connection", "transfer-encoding", "host"),
                getsBody("hi")));
    rows.add(
        Case.of(
                "to-h2c/http-1.1-client-gets-trailers",
                "RFC 9113 §8.1, 9112 §7.1.2",
                "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: TE\r\nTE: trailers\r\n\r\n")
            .reply(readAll(), head("200"), data(false, "yo"), H2Replies.trailers("x-sum", "42"))
            .expect(status(200), complete(), body("yo"), trailers(new Field("x-sum", "42"))));
    rows.add(
        Case.of("to-h2c/http-1.0-client", rule, "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n")
            .reply(readAll(), head("200"), data(false, "yo"), data(true, "ho"))
            .expect(status(200), complete(), Checks.closed(), body("yoho")));
    rows.add(
        Case.of("to-h2c/head", "RFC 9110 §9.3.2", "HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .reply(readAll(), head(true, "200", "content-length", "1234"))
            .expect(status(200), complete(), field("content-length", "1234"), body("")));
    rows.add(
        Case.of("to-h2c/204", "RFC 9110 §15.3.5", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")
            .reply(readAll(), head(true, "204"))
            .expect(status(204), complete(), noField("content-length", "transfer-encoding")));
    rows.add(
        Case.of(
                "to-h2c/no-upgrade-passes",
                "RFC 9113 §8.6",
                "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
            .reply(readAll(), head(true, "200"))
            .expect(status(200), lacks("upgrade", "connection"))
            .expect(status(400, 501, 502)));
  }

  private static void answers(List<Case> rows) {
    rows.add(
        call("hides-the-upstream", H2Steps.get(1, "/"))
            .reply(
                readAll(),
                head(true, "200", "server", "evil", "x-powered-by", "evil", "rollcall-x", "evil"))
            .expect(status(200), never("evil")));
    rows.add(
        call("103-passed-on", H2Steps.get(1, "/"))
            .reply(readAll(), head("103", "link", "</a>"), head("200"), data(true, "ok"))
            .expect(status(200), interims(103), body("ok")));
    rows.add(
        call("102-is-not-final", H2Steps.get(1, "/"))
            .reply(readAll(), head("102"), head("200"), data(true, "ok"))
            .expect(status(200), body("ok")));
    rows.add(
        call(
                "streams-share-a-connection",
                H2Steps.get(1, "/1"),
                H2Steps.get(3, "/2"),
                H2Steps.get(5, "/3"))
            .answers(3)
            .reply(readAll(), head("200"), data(true, "ok"))
            .expect(statuses(200, 200, 200), requests(3), UpstreamChecks.connections(1)));
  }
}
