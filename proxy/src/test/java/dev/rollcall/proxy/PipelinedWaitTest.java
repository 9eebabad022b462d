package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.Unheard;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait, each behind the one before it on its connection. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PipelinedWaitTest {

  private static final int REQUESTS = 4;

  @Test
  void whoBeginsToWaitAsAnotherIsTurnedAwayIsTurnedAwayInTime() throws Exception {
    FixedRoll roll = new FixedRoll(Protocol.HTTP, new Endpoint("127.0.0.1", 1));
    roll.turn(roll.upstreams().get(0), Availability.DOWN, "never there");
    EngineScene proxy =
        EngineScene.over(
            roll,
            new Unheard(),
            EngineScene.options(Map.of()),
            Listener.plain("127.0.0.1", 0, false));
    try (Socket client = new Socket("127.0.0.1", proxy.port(0))) {
      client.setSoTimeout(60_000);
      String requests = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(REQUESTS);
      client.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
      client.getOutputStream().flush();

      assertThat(answers(client.getInputStream())).isEqualTo(REQUESTS);
      assertThat(proxy.context().counters().waits()).isEqualTo(REQUESTS);
    } finally {
      proxy.stop();
    }
  }

  /** Reads until all are answered or the connection ends. */
  private static int answers(InputStream in) throws Exception {
    StringBuilder read = new StringBuilder();
    int answers = 0;
    int next;
    while (answers < REQUESTS && (next = in.read()) >= 0) {
      read.append((char) next);
      if (next == '3' && read.indexOf("HTTP/1.1 503", read.length() - 12) >= 0) {
        answers++;
      }
    }
    return answers;
  }
}
