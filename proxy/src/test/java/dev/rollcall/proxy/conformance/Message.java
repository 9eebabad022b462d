package dev.rollcall.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request or response as it was received, in whichever protocol. Filled by one reader; judged
 * when the case is over.
 */
final class Message {

  /** How the receiver knows where the body ends. */
  enum Framing {
    NONE,
    LENGTH,
    CHUNKED,
    CLOSE,
    STREAM
  }

  final String startLine;
  final List<Field> fields;
  final List<Message> interims = new ArrayList<>();
  final List<Field> trailers = new ArrayList<>();
  final Body body = new Body();
  Framing framing = Framing.NONE;

  /** Bytes that the present chunk or the whole body still lacks. */
  long missing;

  /** The end came where the framing says it is. */
  volatile boolean complete;

  /** A stream's reset code (HTTP/2), or -1. */
  long resetCode = -1;

  Message(String startLine, List<Field> fields) {
    this.startLine = startLine;
    this.fields = fields;
  }

  String method() {
    return startLine.substring(0, startLine.indexOf(' '));
  }

  String target() {
    return startLine.substring(startLine.indexOf(' ') + 1, startLine.lastIndexOf(' '));
  }

  int status() {
    String[] parts = startLine.split(" ", 3);
    return Integer.parseInt(parts[1]);
  }

  /** Values of all lines of that name, in order. */
  List<String> all(String name) {
    return fields.stream().filter(f -> f.is(name)).map(Field::value).toList();
  }

  @Nullable String first(String name) {
    return all(name).stream().findFirst().orElse(null);
  }

  boolean has(String name) {
    return fields.stream().anyMatch(f -> f.is(name));
  }

  /** The sender announced that this is the connection's last message. */
  boolean announcesClose() {
    return framing == Framing.CLOSE
        || all("Connection").stream().anyMatch(v -> v.toLowerCase().contains("close"))
        || startLine.startsWith("HTTP/1.0")
            && all("Connection").stream().noneMatch(v -> v.toLowerCase().contains("keep-alive"));
  }

  @Override
  public String toString() {
    return Bytes.shown(startLine)
        + " "
        + Bytes.shown(fields.toString())
        + (body.length() > 0 ? " body " + body : "")
        + (trailers.isEmpty() ? "" : " trailers " + trailers)
        + (complete ? "" : " (incomplete)")
        + (resetCode < 0 ? "" : " (reset " + resetCode + ")");
  }
}
