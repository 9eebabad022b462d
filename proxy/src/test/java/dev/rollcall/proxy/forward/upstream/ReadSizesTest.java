package dev.rollcall.proxy.forward.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ReadSizesTest {

  private static final long LIMIT = 128L << 20;

  @Test
  void readsLessTheLessMemoryIsLeft() {
    assertThat(ReadSizes.most(0, LIMIT)).isEqualTo(ReadSizes.MOST);
    assertThat(ReadSizes.most(LIMIT / 4, LIMIT)).isEqualTo(ReadSizes.SCARCE);
    assertThat(ReadSizes.most(LIMIT / 2, LIMIT)).isEqualTo(ReadSizes.SCARCEST);
    assertThat(ReadSizes.most(LIMIT, LIMIT)).isEqualTo(ReadSizes.SCARCEST);
  }

  @Test
  void aMemoryThatIsNotCountedSetsNoBound() {
    assertThat(ReadSizes.most(-1, LIMIT)).isEqualTo(ReadSizes.MOST);
  }

  @Test
  void growsWhileReadsComeBackFull() {
    RecvByteBufAllocator.Handle handle = new ReadSizes().newHandle();
    handle.reset(new EmbeddedChannel().config());
    int first = read(handle);
    int last = first;
    for (int i = 0; i < 10; i++) {
      last = read(handle);
    }
    assertThat(first).isLessThan(last);
    assertThat(last).isEqualTo(ReadSizes.MOST);
  }

  /** A read that is filled to the brim; how much it took. */
  private static int read(RecvByteBufAllocator.Handle handle) {
    ByteBuf part = handle.allocate(UnpooledByteBufAllocator.DEFAULT);
    int bytes = part.writableBytes();
    part.release();
    handle.attemptedBytesRead(bytes);
    handle.lastBytesRead(bytes);
    handle.incMessagesRead(1);
    handle.readComplete();
    return bytes;
  }
}
