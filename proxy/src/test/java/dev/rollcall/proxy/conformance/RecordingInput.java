package dev.rollcall.proxy.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** What a socket receives: read byte by byte, remembered (the first megabyte), its end noted. */
final class RecordingInput {

  private static final int REMEMBERED = 1 << 20;

  private final @Nullable Socket socket;
  private final InputStream stream;
  private final byte[] buffer = new byte[16384];
  private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
  private int position;
  private int filled;
  private long count;
  private volatile End end = End.OPEN;

  RecordingInput(Socket socket) throws IOException {
    this.socket = socket;
    this.stream = socket.getInputStream();
    patient();
  }

  /** Bytes that are all here already. */
  RecordingInput(byte[] bytes) {
    this.socket = null;
    this.stream = new ByteArrayInputStream(bytes);
  }

  /** From here on silence is a failure. */
  void patient() throws IOException {
    if (socket != null) {
      socket.setSoTimeout(Patience.millis());
    }
  }

  /** From here on silence is nothing special: an idle connection. */
  void idle() throws IOException {
    if (socket != null) {
      socket.setSoTimeout(0);
    }
  }

  /** The next byte, or -1 at the end, however that came. */
  int read() {
    return fill() ? buffer[position++] & 0xff : -1;
  }

  /** The next byte without taking it, or -1 at the end. */
  int peek() {
    return fill() ? buffer[position] & 0xff : -1;
  }

  /** Up to {@code limit} bytes at once, or -1 at the end. */
  int read(byte[] into, int limit) {
    if (!fill()) {
      return -1;
    }
    int n = Math.min(Math.min(limit, into.length), filled - position);
    System.arraycopy(buffer, position, into, 0, n);
    position += n;
    return n;
  }

  void readToEnd() {
    while (fill()) {
      position = filled;
    }
  }

  End end() {
    return end;
  }

  /** Bytes taken so far, remembered or not. */
  synchronized long taken() {
    return count - (filled - position);
  }

  synchronized byte[] recorded() {
    return recorded.toByteArray();
  }

  private boolean fill() {
    if (position < filled) {
      return true;
    }
    if (end != End.OPEN) {
      return false;
    }
    try {
      int n = stream.read(buffer);
      if (n < 0) {
        end = End.CLOSED;
        return false;
      }
      position = 0;
      filled = n;
      remember(n);
      return true;
    } catch (SocketTimeoutException e) {
      throw new CaseFailure(
          "silence for "
              + Patience.LIMIT.toSeconds()
              + " s after "
              + Bytes.shown(Bytes.text(recorded())));
    } catch (IOException e) {
      end = End.RESET;
      return false;
    }
  }

  private synchronized void remember(int n) {
    count += n;
    recorded.write(buffer, 0, Math.max(0, Math.min(n, REMEMBERED - recorded.size())));
  }
}
