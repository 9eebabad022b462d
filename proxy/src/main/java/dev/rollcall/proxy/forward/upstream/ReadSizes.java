package dev.rollcall.proxy.forward.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import io.netty.util.internal.PlatformDependent;

/**
 * How many bytes one read from an upstream takes: 2 KB at first, and more while reads come back
 * full. With Netty's 64 KB at most, a large body costs half as much CPU time again as with 256: the
 * kernel acknowledges every read, and wakes the client for every write. Where clients are slow,
 * what was read waits in memory: when that grows short, reads become small.
 */
final class ReadSizes extends AdaptiveRecvByteBufAllocator {

  static final int MOST = 256 * 1024;
  static final int SCARCE = 32 * 1024;
  static final int SCARCEST = 4 * 1024;

  private static final int LEAST = 64;
  private static final int FIRST = 2048;

  ReadSizes() {
    super(LEAST, FIRST, MOST);
  }

  /**
   * The most that one read may take.
   *
   * @param used bytes of direct memory that are taken
   * @param limit how many there are
   */
  static int most(long used, long limit) {
    if (used < limit / 4) {
      return MOST;
    }
    return used < limit / 2 ? SCARCE : SCARCEST;
  }

  @SuppressWarnings("deprecation") // part of the interface
  @Override
  public Handle newHandle() {
    return new Sparing((ExtendedHandle) super.newHandle());
  }

  private static final class Sparing extends RecvByteBufAllocator.DelegatingHandle
      implements RecvByteBufAllocator.ExtendedHandle {

    private final ExtendedHandle adaptive;

    Sparing(ExtendedHandle adaptive) {
      super(adaptive);
      this.adaptive = adaptive;
    }

    @Override
    public int guess() {
      long used = PlatformDependent.usedDirectMemory();
      return Math.min(adaptive.guess(), most(used, PlatformDependent.maxDirectMemory()));
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator memory) {
      return memory.ioBuffer(guess());
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier more) {
      return adaptive.continueReading(more);
    }
  }
}
