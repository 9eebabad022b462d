package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.readAll;
import static dev.rollcall.upstream.RunningDemo.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo does not answer, and what it says then. */
class DemoRefusalTest {

  private final RunningDemo demo = new RunningDemo(null);

  @AfterEach
  void stop() {
    demo.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/delay/abc", "/delay/-1", "/delay/99999999999999999999", "/status/99", "/status/600",
        "/status/1e2", "/bytes/x", "/bytes/1099511627777", "/stream/1.5", "/delay/%31%zz",
      })
  void tellsWhatIsWrongWithAPath(String path) throws IOException {
    try (Socket socket = demo.connect()) {
      write(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 400 ").contains("text/plain");
    }
  }

  @Test
  void namesTheParameterAndWhatWasExpected() {
    assertThat(demo.get("/delay/soon").body())
        .isEqualTo("ms: soon (expected: milliseconds, 0 to 3600000)\n");
    assertThat(demo.get("/status/99").body())
        .isEqualTo("code: 99 (expected: a status code, 200 to 599)\n");
  }

  @Test
  void knowsNothingElse() {
    assertThat(demo.get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(demo.get("/nowhere").body()).isEqualTo("nothing at /nowhere\n");
    HttpResponse<String> post = demo.send("POST", "/", "x");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a b\r\n", "Host: [::1\r\n", "Host: x:99999\r\n"})
  void refusesAMissingOrMalformedHost(String host) throws IOException {
    try (Socket socket = demo.connect()) {
      write(socket, "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 400 ");
    }
  }
}
