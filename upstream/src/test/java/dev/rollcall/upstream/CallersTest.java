package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static dev.rollcall.upstream.RunningDemo.readAll;
import static dev.rollcall.upstream.RunningDemo.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Protocol;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallersTest {

  /** What a proxy sends on a connection that it opens ahead of requests over HTTP/2. */
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

  private RunningDemo demo = new RunningDemo(null, Protocol.HTTP);

  @AfterEach
  void stop() {
    demo.close();
  }

  private boolean known() {
    AtomicBoolean known = new AtomicBoolean();
    demo.onLoop(() -> known.set(demo.service.isKnown()));
    return known.get();
  }

  @Test
  void areThereWhileAConnectionKeepsSilent() throws IOException {
    assertThat(known()).isFalse();
    try (Socket ahead = demo.connect()) {
      demo.until(demo.service::isKnown);
      assertThat(ahead.isConnected()).isTrue();
    }
  }

  @Test
  void areThereAfterAProbeThatOnlyConnects() throws IOException {
    demo.connect().close();

    demo.until(demo.service::isKnown);
    demo.get("/health/live");
    assertThat(known()).isTrue();
  }

  @Test
  void areThereOnceAnHttp2ConnectionIsOpenAheadOfRequests() throws IOException {
    demo.close();
    demo = new RunningDemo(null, Protocol.H2C);
    try (Socket ahead = demo.connect()) {
      ahead.getOutputStream().write(PREFACE.getBytes(StandardCharsets.ISO_8859_1));
      demo.until(demo.service::isKnown);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "H2C"})
  void areNotTheWarmUpNorTheLookAtItsLife(Protocol protocol) throws IOException {
    demo.close();
    demo = new RunningDemo(null, protocol);
    await(new WarmUp(demo.vertx).of(new HttpOptions(0, "127.0.0.1"), demo.port()));
    try (Socket look = demo.connect()) {
      write(look, "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(readAll(look)).startsWith("HTTP/1.1 200 OK\r\n");
    }

    assertThat(known()).isFalse();
  }
}
