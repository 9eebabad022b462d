package dev.rollcall.proxy.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** One HTTP/2 frame as it stands on the wire (RFC 9113 §4.1, §6). */
record H2Frame(int type, int flags, int stream, byte[] payload) {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int PRIORITY = 32;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  byte[] bytes() {
    int length = payload.length;
    ByteArrayOutputStream frame = new ByteArrayOutputStream(9 + length);
    frame.write(length >> 16);
    frame.write(length >> 8);
    frame.write(length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(number(stream));
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  static H2Frame windowUpdate(int stream, int increment) {
    return new H2Frame(WINDOW_UPDATE, 0, stream, number(increment));
  }

  /** The next frame, or null at the connection's end. */
  static @org.jspecify.annotations.Nullable H2Frame read(RecordingInput in) throws IOException {
    byte[] head = new byte[9];
    if (!readFully(in, head)) {
      return null;
    }
    int length = (head[0] & 255) << 16 | (head[1] & 255) << 8 | head[2] & 255;
    byte[] payload = new byte[length];
    return readFully(in, payload)
        ? new H2Frame(head[3], head[4], number(head, 5) & 0x7fffffff, payload)
        : null;
  }

  private static boolean readFully(RecordingInput in, byte[] into) {
    for (int i = 0; i < into.length; i++) {
      int b = in.read();
      if (b < 0) {
        return false;
      }
      into[i] = (byte) b;
    }
    return true;
  }

  static byte[] number(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  static int number(byte[] bytes, int at) {
    return (bytes[at] & 255) << 24
        | (bytes[at + 1] & 255) << 16
        | (bytes[at + 2] & 255) << 8
        | bytes[at + 3] & 255;
  }

  /** What is left of a DATA or HEADERS payload without padding and priority. */
  byte[] content() {
    int from = has(PADDED) ? 1 : 0;
    int to = payload.length - (has(PADDED) ? payload[0] & 255 : 0);
    if (type == HEADERS && has(PRIORITY)) {
      from += 5;
    }
    return java.util.Arrays.copyOfRange(payload, from, to);
  }
}
