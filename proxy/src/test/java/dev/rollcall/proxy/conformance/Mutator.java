package dev.rollcall.proxy.conformance;

import java.util.List;
import java.util.random.RandomGenerator;

/** Damages HTTP/1.1 messages in the ways that have fooled parsers before. Deterministic by seed. */
record Mutator(RandomGenerator random) {

  private static final List<String> SPLICES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\r\n\r\n",
          "\n\n",
          "\u0000",
          " ",
          "\t",
          "\u000b",
          ":",
          ";",
          ",",
          "\"",
          "\u00ff",
          "\u007f",
          "0\r\n\r\n",
          "0\r\n",
          "-",
          "+",
          "0x",
          "\r\n ",
          "#",
          "?",
          "%",
          "%00",
          "Content-Length: 0\r\n",
          "Content-Length: 7\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Connection: close\r\n",
          "Connection: Content-Length\r\n",
          "Connection: Upgrade\r\nUpgrade: websocket\r\n",
          "Expect: 100-continue\r\n",
          "Host: evil.test\r\n",
          "Trailer: X\r\n",
          "Keep-Alive: timeout=0\r\n",
          "X: " + "y".repeat(9000),
          "HTTP/1.1 100 Continue\r\n\r\n",
          "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
          "HTTP/1.0",
          "HTTP/2.0",
          "HTTP/1.1 204 No Content\r\n\r\n",
          "ffffffffffffffff\r\n");

  /** From none to four wounds. */
  byte[] mutate(byte[] message) {
    byte[] bytes = message;
    for (int wounds = random.nextInt(5); wounds > 0; wounds--) {
      bytes = wound(bytes);
    }
    return bytes;
  }

  private byte[] wound(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(12));
    return switch (random.nextInt(7)) {
      case 0 -> replace(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replace(bytes, at, length, new byte[0]);
      case 2 -> replace(bytes, at, 0, java.util.Arrays.copyOfRange(bytes, at, at + length));
      case 3 -> replace(bytes, lineStart(bytes, at), 0, splice());
      case 4 -> replace(bytes, at, random.nextInt(3), splice());
      case 5 -> replace(bytes, at, bytes.length - at, new byte[0]);
      default -> digit(bytes, at);
    };
  }

  private byte[] splice() {
    return Bytes.of(SPLICES.get(random.nextInt(SPLICES.size())));
  }

  /** Another number where one stands: lengths and chunk sizes. */
  private byte[] digit(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        return replace(bytes, i, 1, Bytes.of("" + random.nextInt(120)));
      }
    }
    return bytes;
  }

  private static int lineStart(byte[] bytes, int at) {
    int i = at;
    while (i > 0 && bytes[i - 1] != '\n') {
      i--;
    }
    return i;
  }

  private static byte[] replace(byte[] bytes, int at, int length, byte[] by) {
    int cut = Math.min(length, bytes.length - at);
    byte[] result = new byte[bytes.length - cut + by.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(by, 0, result, at, by.length);
    System.arraycopy(bytes, at + cut, result, at + by.length, bytes.length - at - cut);
    return result;
  }
}
