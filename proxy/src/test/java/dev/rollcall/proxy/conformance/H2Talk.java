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
  private final boolean client;
  private final H2Fields hpack = new H2Fields();
  private final Map<Integer, H2Stream> streams = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private @Nullable H2Frame begun;
  private long goAwayCode = -1;
  private final H2Windows windows = new H2Windows();

  private H2Talk(Socket socket, Signals signals, boolean client) throws IOException {
    this.socket = socket;
    this.signals = signals;
    this.client = client;
    this.in = new RecordingInput(socket);
    socket.setTcpNoDelay(true);
    signals.entrust(socket);
  }

  /**
   * Says hello.
   *
   * @param window what a stream may send before it is given more, which it never is
   */
  static H2Talk client(Socket socket, Signals signals, int window) throws IOException {
    H2Talk talk = new H2Talk(socket, signals, true);
    talk.send(PREFACE);
    ByteArrayOutputStream settings = new ByteArrayOutputStream();
    settings.writeBytes(new byte[] {0, 2, 0, 0, 0, 0, 0, 4});
    settings.writeBytes(H2Frame.number(window));
    talk.send(new H2Frame(H2Frame.SETTINGS, 0, 0, settings.toByteArray()));
    if (window > 65_535) {
      talk.send(H2Frame.windowUpdate(0, 1 << 30));
    }
    return talk;
  }

  /** Hears the other side's hello first. */
  static H2Talk upstream(Socket socket, Signals signals) throws IOException {
    H2Talk talk = new H2Talk(socket, signals, false);
    talk.send(
        new H2Frame(H2Frame.SETTINGS, 0, 0, new byte[] {0, 4, 0x10, 0, 0, 0, 0, 3, 0, 0, 0, 100}));
    talk.send(H2Frame.windowUpdate(0, 1 << 30));
    talk.in.idle();
    for (byte expected : PREFACE) {
      int b = talk.in.read();
      if (b < 0) {
        throw new EOFException("no preface");
      }
      if (b != expected) {
        throw new Malformed("not the preface of HTTP/2");
      }
    }
    return talk;
  }

  /** What came, by stream; a stream is entered when it is opened. */
  Map<Integer, H2Stream> streams() {
    return streams;
  }

  List<String> violations() {
    return violations;
  }

  boolean goneAway() {
    return goAwayCode >= 0;
  }

  /** Why the other side said goodbye; negative: it hasn't. */
  long goAwayCode() {
    return goAwayCode;
  }

  H2Stream stream(int number) {
    return streams.computeIfAbsent(number, n -> new H2Stream(n, windows.initial()));
  }

  void send(H2Frame frame) throws IOException {
    send(frame.bytes());
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /**
   * Sends a body as the windows allow, reading frames while they do not; stops when it is
   * pointless.
   */
  void sendBody(int stream, byte[] body, boolean end) throws IOException {
    H2Stream on = stream(stream);
    int sent = 0;
    while (sent < body.length) {
      int room = windows.room(on);
      if (room <= 0) {
        readFrame();
        if (client ? on.ended() : on.resetCode() >= 0) {
          return;
        }
        continue;
      }
      int n = Math.min(room, body.length - sent);
      byte[] part = java.util.Arrays.copyOfRange(body, sent, sent + n);
      sent += n;
      windows.spend(on, n);
      boolean last = end && sent == body.length;
      send(new H2Frame(H2Frame.DATA, last ? H2Frame.END_STREAM : 0, stream, part));
    }
  }

  /**
   * Sends a body for as long as somebody takes it.
   *
   * @param most bytes; more than that is a failure
   */
  void sendUntilStalled(int stream, int most) throws IOException, InterruptedException {
    H2Stream on = stream(stream);
    int sent = 0;
    for (int silent = 0; silent < 15; ) {
      int room = windows.room(on);
      if (room > 0) {
        silent = 0;
        windows.spend(on, room);
        sent += room;
        send(new H2Frame(H2Frame.DATA, 0, stream, new byte[room]));
        if (sent > most) {
          throw new CaseFailure(sent + " bytes taken although nobody reads them");
        }
      } else if (socket.getInputStream().available() > 0) {
        readFrame();
      } else {
        signals.pause(50);
        silent++;
      }
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
        stream(frame.stream()).data(data, frame.has(H2Frame.END_STREAM));
      }
      case H2Frame.HEADERS, H2Frame.CONTINUATION -> fields(frame);
      case H2Frame.RST_STREAM ->
          stream(frame.stream()).reset(H2Frame.number(frame.payload(), 0) & 0xffffffffL);
      case H2Frame.SETTINGS -> settings(frame);
      case H2Frame.PING -> {
        if (!frame.has(H2Frame.ACK)) {
          acknowledge(new H2Frame(H2Frame.PING, H2Frame.ACK, 0, frame.payload()));
        }
      }
      case H2Frame.GOAWAY -> goAwayCode = H2Frame.number(frame.payload(), 4) & 0xffffffffL;
      case H2Frame.WINDOW_UPDATE -> {
        int increment = H2Frame.number(frame.payload(), 0);
        windows.open(frame.stream() == 0 ? null : stream(frame.stream()), increment);
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
      stream(head.stream())
          .fields(hpack.decode(head.stream(), block.toByteArray()), head.has(H2Frame.END_STREAM));
    }
  }

  private void settings(H2Frame frame) {
    if (frame.has(H2Frame.ACK)) {
      return;
    }
    for (int at = 0; at + 6 <= frame.payload().length; at += 6) {
      if (frame.payload()[at + 1] == 4) {
        windows.begin(H2Frame.number(frame.payload(), at + 2), streams.values());
      }
    }
    acknowledge(new H2Frame(H2Frame.SETTINGS, H2Frame.ACK, 0, new byte[0]));
  }

  /** Nobody may be there any more; what was said before can be read all the same. */
  private void acknowledge(H2Frame frame) {
    try {
      send(frame);
    } catch (IOException e) {
      // Reading tells how it ended.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
