package dev.rollcall.proxy.forward.gzip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses one body as it comes (RFC 1952). What was begun must be ended or closed: it has memory
 * outside of the heap. Traffic loop only.
 */
public final class Gzip {

  /** Near the default's size for half of its time, which is the event loop's. */
  private static final int LEVEL = 4;

  private static final int LEAST_ROOM = 512;

  /** Deflate, no name, no time, unknown system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 checksum = new CRC32();
  private final ByteBufAllocator memory;
  private boolean begun;
  private boolean kept;

  public Gzip(ByteBufAllocator memory) {
    this.memory = memory;
  }

  /** Takes a part and its reference; what comes out may be empty. */
  public ByteBuf add(ByteBuf part) {
    try {
      ByteBuf out = memory.buffer(LEAST_ROOM + part.readableBytes() / 4);
      begin(out);
      kept |= part.isReadable();
      for (ByteBuffer piece : part.nioBuffers()) {
        checksum.update(piece.duplicate());
        deflater.setInput(piece);
        while (!deflater.needsInput()) {
          deflate(out, Deflater.NO_FLUSH);
        }
      }
      return out;
    } finally {
      part.release();
    }
  }

  /** Brings out what is kept, so that the client can read it now; may be empty. */
  public ByteBuf flush() {
    ByteBuf out = memory.buffer(LEAST_ROOM);
    begin(out);
    if (kept) {
      kept = false;
      while (deflate(out, Deflater.SYNC_FLUSH)) {
        // There was more than fit.
      }
    }
    return out;
  }

  /** The rest, with checksum and length. */
  public ByteBuf end() {
    ByteBuf out = memory.buffer(LEAST_ROOM);
    begin(out);
    deflater.finish();
    while (!deflater.finished()) {
      deflate(out, Deflater.NO_FLUSH);
    }
    out.writeIntLE((int) checksum.getValue());
    out.writeIntLE((int) deflater.getBytesRead());
    close();
    return out;
  }

  /** Gives its memory back; nothing may follow. */
  public void close() {
    deflater.end();
  }

  private void begin(ByteBuf out) {
    if (!begun) {
      begun = true;
      out.writeBytes(HEADER);
    }
  }

  /** True when it filled all the room, so that there may be more. */
  private boolean deflate(ByteBuf out, int mode) {
    out.ensureWritable(LEAST_ROOM);
    int room = out.writableBytes();
    int made = deflater.deflate(out.internalNioBuffer(out.writerIndex(), room), mode);
    out.writerIndex(out.writerIndex() + made);
    return made == room;
  }
}
