import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Sends a message of 100 bytes on each of many WebSockets and, when its echo is back, the next:
 * {@code java WebSocketLoad PORT CONNECTIONS SECONDS}. Prints "messages errors p50 p99 p99.9", times
 * in ms.
 */
public final class WebSocketLoad {

  private static final int LENGTH = 100;
  private static final int ECHO = 2 + LENGTH;

  private static final class Line {
    long sent;
    int heard;
    boolean open;
  }

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
  private final ByteBuffer message = message();
  private int[] micros = new int[1 << 20];
  private int messages;
  private int errors;

  public static void main(String[] args) throws Exception {
    WebSocketLoad load = new WebSocketLoad();
    load.run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    load.print();
  }

  private void run(int port, int connections, int seconds) throws Exception {
    Selector selector = Selector.open();
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.socket().setTcpNoDelay(true);
      channel.configureBlocking(false);
      channel.write(ByteBuffer.wrap(handshake(port).getBytes(StandardCharsets.US_ASCII)));
      channel.register(selector, SelectionKey.OP_READ, new Line());
    }
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      selector.select(100);
      for (SelectionKey key : selector.selectedKeys()) {
        heard((SocketChannel) key.channel(), (Line) key.attachment());
      }
      selector.selectedKeys().clear();
    }
  }

  private void heard(SocketChannel channel, Line line) throws Exception {
    bytes.clear();
    int read = channel.read(bytes);
    if (read < 0) {
      errors++;
      channel.close();
      return;
    }
    if (!line.open) {
      String head = StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
      line.open = head.startsWith("HTTP/1.1 101") && head.endsWith("\r\n\r\n");
      if (!line.open) {
        errors++;
        channel.close();
        return;
      }
    } else {
      line.heard += read;
      if (line.heard < ECHO) {
        return;
      }
      line.heard -= ECHO;
      note(System.nanoTime() - line.sent);
    }
    line.sent = System.nanoTime();
    channel.write(message.duplicate());
  }

  private void note(long nanos) {
    if (messages == micros.length) {
      micros = Arrays.copyOf(micros, 2 * messages);
    }
    micros[messages++] = (int) (nanos / 1000);
  }

  private void print() {
    Arrays.sort(micros, 0, messages);
    System.out.printf(
        Locale.ROOT, "%d %d %.3f %.3f %.3f%n", messages, errors, at(0.5), at(0.99), at(0.999));
  }

  private double at(double share) {
    return messages == 0 ? 0 : micros[(int) (share * messages)] / 1000.0;
  }

  private static String handshake(int port) {
    return "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:"
        + port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }

  /** A binary frame, its mask all zeros. */
  private static ByteBuffer message() {
    ByteBuffer frame = ByteBuffer.allocateDirect(6 + LENGTH);
    frame.put((byte) 0x82).put((byte) (0x80 | LENGTH)).putInt(0).put(new byte[LENGTH]);
    return frame.flip();
  }
}
