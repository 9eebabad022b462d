package dev.rollcall.proxy.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came on one stream, checked as RFC 9113 §8 asks while it comes. */
final class H2Stream {

  private static final Set<String> CONNECTION_SPECIFIC =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  final int number;
  long sendWindow;
  private final List<Message> interims = new ArrayList<>();
  private @Nullable Message message;
  private boolean ended;
  private boolean head;
  private long resetCode = -1;

  H2Stream(int number, long sendWindow) {
    this.number = number;
    this.sendWindow = sendWindow;
  }

  /** The answer to a HEAD may have a length without a body. */
  void isForHead() {
    head = true;
  }

  boolean ended() {
    return ended;
  }

  long resetCode() {
    return resetCode;
  }

  @Nullable Message message() {
    return message;
  }

  void fields(List<Field> fields, boolean end) throws Malformed {
    if (ended) {
      throw new Malformed("fields on the ended stream " + number);
    }
    for (Field field : fields) {
      check(field);
    }
    if (message != null) {
      if (!end || fields.stream().anyMatch(f -> f.name().startsWith(":"))) {
        throw new Malformed("bad trailers " + fields);
      }
      message.trailers.addAll(fields);
      finish(message);
      return;
    }
    Message answer = parse(fields);
    if (answer.startLine.startsWith("HTTP/2 ") && answer.status() < 200) {
      interims.add(answer);
      return;
    }
    answer.interims.addAll(interims);
    message = answer;
    if (end) {
      finish(answer);
    }
  }

  void data(byte[] data, boolean end) throws Malformed {
    if (message == null || ended) {
      throw new Malformed("data without a head, or on the ended stream " + number);
    }
    message.body.add(data, data.length);
    if (end) {
      finish(message);
    }
  }

  void reset(long code) {
    ended = true;
    resetCode = code;
    if (message != null) {
      message.resetCode = code;
    }
  }

  private void finish(Message answer) throws Malformed {
    ended = true;
    String length = answer.first("content-length");
    boolean bodiless = head || answer.startLine.startsWith("HTTP/2 304");
    if (length != null && !bodiless && answer.body.length() != Long.parseLong(length)) {
      throw new Malformed(
          "content-length " + length + " but " + answer.body.length() + " bytes and END_STREAM");
    }
    answer.complete = true;
  }

  private static void check(Field field) throws Malformed {
    String name = field.name();
    if (!name.equals(name.toLowerCase()) || CONNECTION_SPECIFIC.contains(name)) {
      throw new Malformed("field " + field + " in HTTP/2 (RFC 9113 §8.2)");
    }
    if (!field.value().matches("[\\t\\x20-\\x7e\\x80-\\xff]*")) {
      throw new Malformed("value of " + Bytes.shown(field.toString()));
    }
  }

  private static Message parse(List<Field> fields) throws Malformed {
    if (fields.stream().anyMatch(f -> f.is(":method"))) {
      return request(fields);
    }
    List<Field> status = fields.stream().filter(f -> f.name().startsWith(":")).toList();
    if (status.size() != 1 || !status.get(0).name().equals(":status")) {
      throw new Malformed("pseudo-fields " + status);
    }
    Message answer =
        new Message(
            "HTTP/2 " + status.get(0).value() + " ",
            fields.stream().filter(f -> !f.name().startsWith(":")).toList());
    answer.framing = Message.Framing.STREAM;
    return answer;
  }

  /** A request; its authority stays among the fields under its own name. */
  private static Message request(List<Field> fields) throws Malformed {
    List<String> pseudo =
        fields.stream().map(Field::name).takeWhile(n -> n.startsWith(":")).toList();
    Message request = new Message("", fields);
    if (!new HashSet<>(pseudo).equals(Set.of(":method", ":scheme", ":path", ":authority"))
        || pseudo.size() != 4
        || fields.stream().filter(f -> f.name().startsWith(":")).count() != 4) {
      throw new Malformed("pseudo-fields " + fields);
    }
    Message named =
        new Message(
            request.first(":method") + " " + request.first(":path") + " HTTP/2",
            fields.stream().filter(f -> !f.is(":method") && !f.is(":path")).toList());
    named.framing = Message.Framing.STREAM;
    return named;
  }
}
