package dev.rollcall.proxy.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** An HTTP/2 client that asks and doesn't listen. */
final class H2Deaf {

  private H2Deaf() {}

  /**
   * Asks, without reading, for as long as somebody listens; then reads until somebody listens
   * again.
   *
   * @param most bytes; more than that is a failure
   */
  static void askUntilStalled(H2Talk talk, int most) throws IOException, InterruptedException {
    Socket socket = talk.socket;
    socket.setReceiveBufferSize(32 * 1024);
    var channel = socket.getChannel();
    channel.configureBlocking(false);
    int stream = 1;
    long asked = 0;
    ByteBuffer rest = ByteBuffer.wrap(unforwarded(stream));
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      while (selector.select(700) > 0) {
        selector.selectedKeys().clear();
        asked += channel.write(rest);
        if (asked > most) {
          throw new CaseFailure(asked + " bytes taken although nobody reads the answers");
        }
        if (!rest.hasRemaining()) {
          stream += 2;
          rest = ByteBuffer.wrap(unforwarded(stream));
        }
      }
    }
    ByteBuffer answers = ByteBuffer.allocate(1 << 16);
    while (rest.hasRemaining()) {
      if (channel.read(answers.clear()) < 0) {
        throw new EOFException("connection ended");
      }
      if (channel.write(rest) == 0) {
        talk.signals.pause(1);
      }
    }
    channel.configureBlocking(true);
  }

  /** A request that the proxy refuses by itself, with an answer without a body. */
  private static byte[] unforwarded(int stream) {
    return new H2Frame(
            H2Frame.HEADERS,
            H2Frame.END_HEADERS | H2Frame.END_STREAM,
            stream,
            H2Fields.encode(H2Steps.fields(H2Steps.request("HEAD", "x"))))
        .bytes();
  }
}
