import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens many connections, has one request answered on each, prints "open errors", and holds them
 * until it is sent a line: {@code java IdleLoad PORT CONNECTIONS}.
 */
public final class IdleLoad {

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    List<SocketChannel> open = new ArrayList<>();
    int errors = 0;
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      try {
        open.add(answered(port));
      } catch (java.io.IOException refused) {
        errors++;
      }
    }
    System.out.println(open.size() + " " + errors);
    System.in.read();
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  private static SocketChannel answered(int port) throws java.io.IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    String request = "GET /100 HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer bytes = ByteBuffer.allocate(4096);
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0 || answer.indexOf("xx") < 0) {
      bytes.clear();
      if (channel.read(bytes) < 0) {
        throw new java.io.EOFException("closed instead of an answer");
      }
      answer.append(StandardCharsets.US_ASCII.decode(bytes.flip()));
    }
    return channel;
  }
}
