package dev.rollcall.proxy.rehearsal;

import io.netty.buffer.ByteBuf;

/**
 * The last eight bytes of what came, in however many pieces: enough to see where a message ends.
 */
final class Tail {

  private long bytes;

  void add(ByteBuf part) {
    for (int i = Math.max(part.readerIndex(), part.writerIndex() - Long.BYTES);
        i < part.writerIndex();
        i++) {
      bytes = bytes << Byte.SIZE | part.getByte(i) & 0xff;
    }
  }

  boolean endsWith(String text) {
    long seen = bytes;
    for (int i = text.length() - 1; i >= 0; i--) {
      if ((seen & 0xff) != text.charAt(i)) {
        return false;
      }
      seen >>>= Byte.SIZE;
    }
    return true;
  }

  void clear() {
    bytes = 0;
  }
}
