import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A keep-alive HTTP/1.1 connection of a client; one exchange at a time, each with a deadline. */
final class Connection {

  /** A connection idle for longer is not used again: servers close theirs after 4 s and more. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final SocketChannel channel;
  private final InputStream in;
  private long deadline;
  private long idleSince = System.nanoTime();

  Connection(InetSocketAddress address, long deadline) throws IOException {
    this.deadline = deadline;
    channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(address, millisLeft());
      in = new BufferedInputStream(new UntilDeadline(channel.socket().getInputStream()));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** False if the other side has closed it, or could be about to. */
  boolean alive() throws IOException {
    if (System.nanoTime() - idleSince > IDLE_NANOS) {
      return false;
    }
    channel.configureBlocking(false);
    try {
      return channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false;
    } finally {
      channel.configureBlocking(true);
    }
  }

  Answer exchange(String request, long deadline) throws IOException {
    this.deadline = deadline;
    channel.socket().getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String[] statusLine = line().split(" ", 3);
    int length = -1;
    boolean chunked = false;
    boolean close = statusLine[0].equals("HTTP/1.0");
    for (String field = line(); !field.isEmpty(); field = line()) {
      String[] parts = field.toLowerCase(Locale.ROOT).split(": *", 2);
      switch (parts[0]) {
        case "content-length" -> length = Integer.parseInt(parts[1].trim());
        case "transfer-encoding" -> chunked = true;
        case "connection" -> close = parts[1].contains("close");
        default -> {}
      }
    }
    byte[] body = chunked ? chunks() : length >= 0 ? exactly(length) : in.readAllBytes();
    idleSince = System.nanoTime();
    return new Answer(Integer.parseInt(statusLine[1]), body, !close && (chunked || length >= 0));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(exactly(size));
      line();
    }
    while (!line().isEmpty()) {}
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";")[0].trim(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private String line() throws IOException {
    byte[] line = new byte[8192];
    int n = 0;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      line[n++] = (byte) b;
    }
    return new String(Arrays.copyOf(line, n), StandardCharsets.ISO_8859_1).trim();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  private int millisLeft() throws SocketTimeoutException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) left;
  }

  /** Ends each read when the client's patience ends. */
  private final class UntilDeadline extends InputStream {
    private final InputStream socket;

    UntilDeadline(InputStream socket) {
      this.socket = socket;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      channel.socket().setSoTimeout(millisLeft());
      return socket.read(bytes, offset, length);
    }
  }

  /** An answer that has arrived whole. */
  record Answer(int status, byte[] body, boolean reusable) {
    String greeter() {
      String text = new String(body, StandardCharsets.UTF_8).trim();
      return text.startsWith("Hello from ") && text.length() < 100 ? text.substring(11) : "";
    }
  }
}
