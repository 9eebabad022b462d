package dev.rollcall.proxy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says {@code GET /} over HTTP/2 with prior knowledge, again and again. */
final class Http2Gets {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /** GET, http and / by their numbers in HPACK's table, and the authority in plain letters. */
  private static final byte[] FIELDS =
      "\u0082\u0086\u0084\u0041\u000bexample.org".getBytes(StandardCharsets.ISO_8859_1);

  private final DataOutputStream to;
  private final DataInputStream from;
  private final byte[] payload = new byte[64 * 1024];
  private int stream = -1;

  Http2Gets(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    to = new DataOutputStream(socket.getOutputStream());
    from = new DataInputStream(socket.getInputStream());
    to.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
    frame(WINDOW_UPDATE, 0, 0, new byte[] {0x3f, 0, 0, 0});
  }

  /** Asks and reads the answer. */
  void next() throws IOException {
    stream += 2;
    frame(HEADERS, END_STREAM | END_HEADERS, stream, FIELDS);
    boolean data = false;
    while (true) {
      int length = from.readUnsignedShort() << 8 | from.readUnsignedByte();
      int type = from.readUnsignedByte();
      int flags = from.readUnsignedByte();
      int of = from.readInt();
      from.readFully(payload, 0, length);
      data |= type == DATA && length == 100;
      if (of == stream && (flags & END_STREAM) != 0) {
        if (!data) {
          throw new IOException("no body in the answer of stream " + stream);
        }
        return;
      }
    }
  }

  private void frame(int type, int flags, int of, byte[] bytes) throws IOException {
    byte[] whole = new byte[9 + bytes.length];
    whole[2] = (byte) bytes.length;
    whole[3] = (byte) type;
    whole[4] = (byte) flags;
    for (int i = 0; i < 4; i++) {
      whole[5 + i] = (byte) (of >>> (24 - 8 * i));
    }
    System.arraycopy(bytes, 0, whole, 9, bytes.length);
    to.write(whole);
  }
}
