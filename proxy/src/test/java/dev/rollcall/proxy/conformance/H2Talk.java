package dev.rollcall.proxy.conformance;

import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of an HTTP/2 connection with prior knowledge (RFC 9113 §3.3). Sends whatever
 * frames the script says, valid or not; reads strictly. Confined to the script's thread.
 */
final class H2Talk implements AutoCloseable {

  static final byte[] PREFACE = Bytes.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  final Socket socket;
  final Signals signals;
  final RecordingInput in;
  private final H2Fields hpack = new H2Fields();
  private final Map<Integer, H2Answer> answers = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private @Nullable H2Frame begun;
  private boolean goneAway;
  private long connectionWindow = 65_535;
  private int initialWindow = 65_535;

  H2Talk(Socket socket, Signals signals, int window) throws IOException {
    this.socket = socket;
    this.signals = signals;
    this.in = new RecordingInput(socket);
    socket.setTcpNoDelay(true);
    signals.entrust(socket);
    ByteArrayOutputStream settings = new ByteArrayOutputStream();
    settings.writeBytes(new byte[] {0, 2, 0, 0, 0, 0, 0, 4});
    settings.writeBytes(H2Frame.number(window));
    send(PREFACE);
    send(new H2Frame(H2Frame.SETTINGS, 0, 0, settings.toByteArray()));
    if (window > 65_535) {
      send(H2Frame.windowUpdate(0, 1 << 30));
    }
  }

  /** Answers by stream; a stream is entered when it is opened. */
  Map<Integer, H2Answer> answers() {
    return answers;
  }

  List<String> violations() {
    return violations;
  }

  boolean goneAway() {
    return goneAway;
  }

  H2Answer answer(int stream) {
    return answers.computeIfAbsent(stream, s -> new H2Answer(s, initialWindow));
  }

  void send(H2Frame frame) throws IOException {
    send(frame.bytes());
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends a body as the windows allow, reading frames while they do not. */
  void sendBody(int stream, byte[] body, boolean end) throws IOException {
    H2Answer answer = answer(stream);
    int sent = 0;
    while (sent < body.length) {
      long room = Math.min(connectionWindow, answer.sendWindow);
      if (room <= 0) {
        readFrame();
        if (answer.ended()) {
          return;
        }
        continue;
      }
      int n = (int) Math.min(Math.min(room, 16_384), body.length - sent);
      byte[] part = java.util.Arrays.copyOfRange(body, sent, sent + n);
      sent += n;
      connectionWindow -= n;
      answer.sendWindow -= n;
      boolean last = end && sent == body.length;
      send(new H2Frame(H2Frame.DATA, last ? H2Frame.END_STREAM : 0, stream, part));
    }
  }

  /** Takes one frame; the connection's end is an EOFException. */
  void readFrame() throws IOException {
    H2Frame frame = H2Frame.read(in);
    if (frame == null) {
      throw new EOFException("connection ended");
    }
    try {
      take(frame);
    } catch (Malformed | Http2Exception e) {
      violations.add(e.getMessage());
      throw new IOException(e);
    }
  }

  private void take(H2Frame frame) throws IOException, Http2Exception {
    if (begun != null && frame.type() != H2Frame.CONTINUATION) {
      throw new Malformed("frame " + frame.type() + " inside a field block");
    }
    switch (frame.type()) {
      case H2Frame.DATA -> {
        byte[] data = frame.content();
        answer(frame.stream()).data(data, frame.has(H2Frame.END_STREAM));
      }
      case H2Frame.HEADERS, H2Frame.CONTINUATION -> fields(frame);
      case H2Frame.RST_STREAM ->
          answer(frame.stream()).reset(H2Frame.number(frame.payload(), 0) & 0xffffffffL);
      case H2Frame.SETTINGS -> settings(frame);
      case H2Frame.PING -> {
        if (!frame.has(H2Frame.ACK)) {
          send(new H2Frame(H2Frame.PING, H2Frame.ACK, 0, frame.payload()));
        }
      }
      case H2Frame.GOAWAY -> goneAway = true;
      case H2Frame.WINDOW_UPDATE -> {
        int increment = H2Frame.number(frame.payload(), 0);
        if (frame.stream() == 0) {
          connectionWindow += increment;
        } else {
          answer(frame.stream()).sendWindow += increment;
        }
      }
      case H2Frame.PUSH_PROMISE -> throw new Malformed("a push although it is disabled");
      default -> {
        // Unknown frames are ignored (RFC 9113 §4.1).
      }
    }
  }

  private void fields(H2Frame frame) throws IOException, Http2Exception {
    if (frame.type() == H2Frame.HEADERS) {
      begun = frame;
      block.reset();
      block.writeBytes(frame.content());
    } else {
      block.writeBytes(frame.payload());
    }
    if (frame.has(H2Frame.END_HEADERS) && begun != null) {
      H2Frame head = begun;
      begun = null;
      answer(head.stream())
          .fields(hpack.decode(head.stream(), block.toByteArray()), head.has(H2Frame.END_STREAM));
    }
  }

  private void settings(H2Frame frame) throws IOException {
    if (frame.has(H2Frame.ACK)) {
      return;
    }
    for (int at = 0; at + 6 <= frame.payload().length; at += 6) {
      if (frame.payload()[at + 1] == 4) {
        int window = H2Frame.number(frame.payload(), at + 2);
        int change = window - initialWindow;
        initialWindow = window;
        answers.values().forEach(a -> a.sendWindow += change);
      }
    }
    send(new H2Frame(H2Frame.SETTINGS, H2Frame.ACK, 0, new byte[0]));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
