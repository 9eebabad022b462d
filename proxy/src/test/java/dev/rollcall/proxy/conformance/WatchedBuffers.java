package dev.rollcall.proxy.conformance;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;

/**
 * While it is open, every buffer that is collected without having been released is reported, in the
 * log.
 */
final class WatchedBuffers implements AutoCloseable {

  private final Level before = ResourceLeakDetector.getLevel();

  WatchedBuffers() {
    ResourceLeakDetector.setLevel(Level.PARANOID);
  }

  /** Has what is lost collected, so that it is reported now and not to somebody else. */
  void report() throws InterruptedException {
    Signals rhythm = new Signals();
    for (int i = 0; i < 4; i++) {
      System.gc();
      rhythm.pause(20);
      ByteBufAllocator.DEFAULT.buffer(64).release();
    }
  }

  @Override
  public void close() {
    ResourceLeakDetector.setLevel(before);
  }
}
