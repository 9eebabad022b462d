package dev.rollcall.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** One HTTP/1.1 connection that a test keeps, and whose bytes it sees. */
final class Wire implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final BufferedReader in;

  Wire(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
  }

  /** The body of what is answered, which must have a length. */
  String get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\n\r\n").body();
  }

  /** Status line, fields and body. */
  record Answer(String head, String body) {

    int status() {
      return Integer.parseInt(head.split(" ")[1]);
    }

    /** The value of a field that is there once, or "". */
    String field(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** Sends these bytes and reads one answer that has a length. */
  Answer send(String bytes) throws IOException {
    write(bytes);
    return answer();
  }

  void write(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  /** Reads one answer that has a length, or no body. */
  Answer answer() throws IOException {
    StringBuilder head = new StringBuilder();
    int length = 0;
    String line = line();
    while (!line.isEmpty()) {
      head.append(line).append('\n');
      if (line.toLowerCase().startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
      line = line();
    }
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < length; i++) {
      body.append((char) in.read());
    }
    return new Answer(head.toString(), body.toString());
  }

  private String line() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the connection was closed");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
