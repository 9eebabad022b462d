package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static dev.rollcall.upstream.RunningDemo.readAll;
import static dev.rollcall.upstream.RunningDemo.readTo;
import static dev.rollcall.upstream.RunningDemo.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoServiceTest {

  private final RunningDemo demo = new RunningDemo(null);

  @AfterEach
  void stop() {
    demo.close();
  }

  @Test
  void greetsInPlainTextWithTheNameOfTheInstance() {
    HttpResponse<String> answer = demo.get("/", "Accept", "*/*");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("Hello from hello-1\n");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
  }

  @Test
  void greetsBrowsersWithAPage() {
    HttpResponse<String> answer =
        demo.get("/", "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(answer.headers().firstValue("Vary")).hasValue("Accept");
    assertThat(answer.body()).startsWith("<!doctype html>").contains("Hello from hello-1<");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/*",
        "text/plain, text/html;q=0.5",
        "text/html;q=0.5, */*",
        "text/html;q=0",
        "application/xhtml",
        ";;,/",
      })
  void greetsInPlainTextWhoeverDoesNotPreferHtml(String accept) {
    assertThat(demo.get("/", "Accept", accept).body()).isEqualTo("Hello from hello-1\n");
  }

  @Test
  void answersHeadLikeGetWithoutTheBody() throws IOException {
    try (Socket socket = demo.connect()) {
      write(socket, "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(readAll(socket))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .containsIgnoringCase("content-length: 19\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bytes/10",
        "/stream/3",
        "/echo",
        "/delay/0",
        "/status/404",
        "/health/ready",
        "/x"
      })
  void answersHeadWithoutABody(String path) throws IOException {
    try (Socket socket = demo.connect()) {
      write(socket, "HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 ").endsWith("\r\n\r\n").doesNotContain("{");
    }
  }

  @Test
  void echoesMethodTargetAndHeadersAsTheyCame() throws IOException {
    try (Socket socket = demo.connect()) {
      write(
          socket,
          "PATCH /echo?a=%2f&b HTTP/1.1\r\nHost: example.com\r\nX-Two: 1\r\nx-two: 2\r\n"
              + "Connection: close\r\nContent-Length: 3\r\n\r\nabc");
      JsonObject seen = new JsonObject(readAll(socket).split("\r\n\r\n", 2)[1]);
      assertThat(seen.getString("method")).isEqualTo("PATCH");
      assertThat(seen.getString("target")).isEqualTo("/echo?a=%2f&b");
      assertThat(seen.getJsonArray("headers").stream().map(Object::toString))
          .containsExactly(
              "[\"Host\",\"example.com\"]",
              "[\"X-Two\",\"1\"]",
              "[\"x-two\",\"2\"]",
              "[\"Connection\",\"close\"]",
              "[\"Content-Length\",\"3\"]");
      assertThat(seen.getLong("bodyLength")).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "BREW"})
  void echoesLengthAndHashOfTheBody(String method) throws Exception {
    String body = "0123456789".repeat(50_000);
    JsonObject seen = new JsonObject(demo.send(method, "/echo", body).body());

    assertThat(seen.getString("method")).isEqualTo(method);
    assertThat(seen.getLong("bodyLength")).isEqualTo(500_000);
    assertThat(seen.getString("bodySha256"))
        .isEqualTo(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes())));
  }

  @Test
  void asksForTheBodyOnceTheRequestIsLetIn() throws IOException {
    try (Socket socket = demo.connect()) {
      write(
          socket,
          "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
              + "Content-Length: 3\r\n\r\n");
      assertThat(readTo(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100 Continue\r\n");
      write(socket, "abc");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/delay/0", "/delay/30"})
  void answersAfterADelay(String path) {
    HttpResponse<String> answer = demo.send("POST", path, "x");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("Hello from hello-1 after ");
  }

  @Test
  void forgetsADelayedRequestWhoseClientIsGone() throws IOException {
    try (Socket socket = demo.connect()) {
      write(socket, "GET /delay/3600000 HTTP/1.1\r\nHost: x\r\n\r\n");
      demo.until(() -> demo.service.requests().count() == 1);
    }
    demo.until(() -> demo.service.requests().count() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 301, 404, 418, 500, 503, 599})
  void answersWithTheStatusAskedFor(int code) {
    HttpResponse<String> answer = demo.get("/status/" + code);
    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(answer.body()).startsWith(code + " ");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void answersWithoutABodyWhereTheStatusForbidsOne(int code) {
    HttpResponse<String> answer = demo.get("/status/" + code);
    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 3_000_000})
  void sendsExactlyAsManyBytesAsAskedFor(int n) {
    HttpResponse<String> answer = demo.get("/bytes/" + n);

    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(n);
    assertThat(answer.body()).hasSize(n);
    String line = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.\n";
    assertThat(line.repeat(n / 64 + 1)).startsWith(answer.body());
  }

  @Test
  void sendsNoFasterThanTheClientReads() throws IOException {
    try (Socket socket = demo.connect()) {
      write(socket, "GET /bytes/1099511627776 HTTP/1.1\r\nHost: x\r\n\r\n");
      readTo(socket, "\r\n\r\n");
      // A terabyte is on its way and nobody reads: others are served, and the loop is free.
      assertThat(demo.get("/").statusCode()).isEqualTo(200);
      assertThat(demo.service.requests().count()).isEqualTo(1);
    }
    demo.until(() -> demo.service.requests().count() == 0);
  }

  @Test
  void speaksHttp2WithPriorKnowledge() {
    var client =
        demo.vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    JsonObject seen =
        await(
            client
                .request(HttpMethod.POST, demo.port(), "127.0.0.1", "/echo?x")
                .compose(request -> request.putHeader("x-a", "b").send("abc"))
                .compose(response -> response.body())
                .map(body -> body.toJsonObject()));
    assertThat(seen.getString("version")).isEqualTo("h2");
    assertThat(seen.getString("target")).isEqualTo("/echo?x");
    assertThat(seen.getLong("bodyLength")).isEqualTo(3);
    assertThat(seen.getJsonArray("headers").stream().map(Object::toString))
        .contains("[\"x-a\",\"b\"]")
        .noneMatch(pair -> pair.startsWith("[\":"));
  }
}
