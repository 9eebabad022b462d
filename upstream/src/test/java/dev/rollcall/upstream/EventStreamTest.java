package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.readAll;
import static dev.rollcall.upstream.RunningDemo.readTo;
import static dev.rollcall.upstream.RunningDemo.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private final RunningDemo demo = new RunningDemo(null);

  @AfterEach
  void stop() {
    demo.close();
  }

  @Test
  void sendsEventsAndEnds() {
    HttpResponse<String> answer = demo.get("/stream/3");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.body())
        .isEqualTo(
            """
            id: 1
            data: event 1 of 3 from hello-1

            id: 2
            data: event 2 of 3 from hello-1

            id: 3
            data: event 3 of 3 from hello-1

            """);
    assertThat(demo.get("/stream/0").body()).isEmpty();
  }

  @Test
  void sendsTheFirstEventWithoutWaitingForTheSecond() throws IOException {
    try (Socket socket = demo.connect()) {
      write(socket, "GET /stream/1000000 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(readTo(socket, "data: event 1 of ")).contains("200 OK");
      assertThat(demo.service.streams().count()).isEqualTo(1);
      assertThat(demo.service.requests().count()).isZero();
    }
    demo.until(() -> demo.service.streams().count() == 0);
  }

  @Test
  void cutsAnEventStreamSoThatItDoesNotLookComplete() throws IOException {
    try (Socket socket = demo.connect()) {
      write(socket, "GET /stream/1000000 HTTP/1.1\r\nHost: x\r\n\r\n");
      readTo(socket, "data: event 1 of ");
      demo.onLoop(() -> demo.service.streams().cutAll());
      assertThat(readAll(socket)).doesNotContain("\r\n0\r\n");
    }
    demo.until(() -> demo.service.streams().count() == 0);
  }
}
