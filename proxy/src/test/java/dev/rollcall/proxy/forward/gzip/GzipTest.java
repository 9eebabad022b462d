package dev.rollcall.proxy.forward.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipTest {

  private final Gzip gzip = new Gzip(PooledByteBufAllocator.DEFAULT);
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  @Test
  void comesOutAsItWentIn() throws IOException {
    Random random = new Random(5);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int i = 0; i < 200; i++) {
      byte[] part = new byte[random.nextInt(9000)];
      random.nextBytes(part);
      whole.write(part);
      take(gzip.add(Unpooled.wrappedBuffer(part)));
      if (i % 7 == 0) {
        take(gzip.flush());
      }
    }
    take(gzip.end());

    assertThat(unzipped()).isEqualTo(whole.toByteArray());
  }

  @Test
  void nothingIsAWholeMemberToo() throws IOException {
    take(gzip.end());

    assertThat(unzipped()).isEmpty();
  }

  @Test
  void whatWasFlushedCanBeRead() throws IOException {
    take(gzip.add(text("data: 1\n\n")));
    take(gzip.flush());
    GZIPInputStream reader = new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray()));

    assertThat(new String(reader.readNBytes(9), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
    int before = sent.size();
    take(gzip.flush());
    assertThat(sent.size()).as("nothing new, nothing sent").isEqualTo(before);
    gzip.close();
  }

  @Test
  void textShrinks() {
    take(gzip.add(text("the same line again and again\n".repeat(1000))));
    take(gzip.end());

    assertThat(sent.size()).isLessThan(1000);
  }

  @Test
  void takesPartsOfParts() throws IOException {
    take(
        gzip.add(
            Unpooled.compositeBuffer()
                .addComponent(true, text("one "))
                .addComponent(true, text("two"))));
    take(gzip.end());

    assertThat(unzipped()).isEqualTo("one two".getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private void take(ByteBuf out) {
    sent.writeBytes(ByteBufUtil.getBytes(out));
    assertThat(out.release()).as("one reference").isTrue();
  }

  private byte[] unzipped() throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray())).readAllBytes();
  }
}
