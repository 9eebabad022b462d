package dev.rollcall.proxy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TailTest {

  private final Tail tail = new Tail();

  @Test
  void seesAnEndingThatComesInPieces() {
    add("HTTP/1.1 200 OK\r\n\r");
    assertThat(tail.endsWith(Repertoire.HEAD)).isFalse();
    add("\n");
    assertThat(tail.endsWith(Repertoire.HEAD)).isTrue();
  }

  @Test
  void tellsAHeadFromTheLastChunk() {
    add("Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n\r\n");
    assertThat(tail.endsWith(Repertoire.CHUNKS)).isFalse();
    add("4\r\nend\n\r\n0\r\n\r\n");
    assertThat(tail.endsWith(Repertoire.CHUNKS)).isTrue();
  }

  @Test
  void forgets() {
    add(Repertoire.BODY);
    tail.clear();
    assertThat(tail.endsWith(Repertoire.BODY)).isFalse();
  }

  private void add(String text) {
    tail.add(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }
}
