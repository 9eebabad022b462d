import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A WebSocket upstream that says what it hears (RFC 6455): {@code java Echo PORT}. One thread; made
 * for the load beside it, which sends frames that fit into one read and waits for each echo.
 */
public final class Echo {

  private static final String SECRET_OF_RFC_6455 = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern KEY =
      Pattern.compile("^sec-websocket-key: *(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);

  public static void main(String[] args) throws Exception {
    new Echo().serve(Integer.parseInt(args[0]));
  }

  private void serve(int port) throws Exception {
    Selector selector = Selector.open();
    ServerSocketChannel door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress("127.0.0.1", port), 1024).configureBlocking(false);
    door.register(selector, SelectionKey.OP_ACCEPT);
    while (true) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          SocketChannel client = door.accept();
          client.configureBlocking(false);
          client.socket().setTcpNoDelay(true);
          client.register(selector, SelectionKey.OP_READ);
        } else {
          answer((SocketChannel) key.channel(), key);
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private void answer(SocketChannel client, SelectionKey key) throws Exception {
    try {
      bytes.clear();
      if (client.read(bytes) < 0) {
        client.close();
        return;
      }
      bytes.flip();
      client.write(key.attachment() == null ? handshake(key) : unmasked());
    } catch (IOException gone) {
      client.close();
    }
  }

  private ByteBuffer handshake(SelectionKey key) throws Exception {
    String request = StandardCharsets.ISO_8859_1.decode(bytes).toString();
    Matcher nonce = KEY.matcher(request);
    if (!nonce.find()) {
      return text("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
    }
    key.attach(Boolean.TRUE);
    byte[] proof =
        MessageDigest.getInstance("SHA-1")
            .digest((nonce.group(1) + SECRET_OF_RFC_6455).getBytes(StandardCharsets.US_ASCII));
    return text(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: "
            + Base64.getEncoder().encodeToString(proof)
            + "\r\n\r\n");
  }

  /** The same frame as this side has to send it: a client's is masked, a server's is not. */
  private ByteBuffer unmasked() {
    int length = bytes.get(1) & 0x7f;
    ByteBuffer frame = ByteBuffer.allocate(2 + length);
    frame.put(bytes.get(0)).put((byte) length);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (bytes.get(6 + i) ^ bytes.get(2 + i % 4)));
    }
    return frame.flip();
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
