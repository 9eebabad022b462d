package dev.rollcall.proxy.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 messages by the strict {@link Grammar} while they arrive. Whatever breaks it is
 * thrown as {@link Malformed} and stays in {@link #violations}; an end in the midst of a message is
 * an {@link EOFException} and leaves it incomplete.
 */
final class MessageReader {

  private static final int LONGEST_LINE = 8 << 20;

  private final RecordingInput in;
  private final List<Message> messages = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final byte[] buffer = new byte[16384];

  MessageReader(RecordingInput in) {
    this.in = in;
  }

  /** All messages whose head was read, in order; interim responses belong to their final one. */
  List<Message> messages() {
    return messages;
  }

  List<String> violations() {
    return violations;
  }

  /** The next request's head, or null when the connection ended between requests. */
  @Nullable Message readRequestHead() throws IOException {
    return strictly(
        () -> {
          if (in.peek() < 0) {
            return null;
          }
          String line = line();
          Grammar.requestLine(line);
          Message request = new Message(line, fields());
          Grammar.request(request);
          messages.add(request);
          finishIfEmpty(request);
          return request;
        });
  }

  /** One response head, interim or final, or null when the connection ended between responses. */
  @Nullable Message readResponseHead(Supplier<String> method) throws IOException {
    return strictly(
        () -> {
          if (in.peek() < 0) {
            return null;
          }
          String line = line();
          Grammar.statusLine(line);
          Message response = new Message(line, fields());
          Grammar.response(response, method.get());
          finishIfEmpty(response);
          return response;
        });
  }

  /** The rest of the body, with its trailers. */
  void readBody(Message message) throws IOException {
    readBody(message, Long.MAX_VALUE);
  }

  /** Body bytes until {@code atLeast} of them are here or it is complete. */
  void readBody(Message message, long atLeast) throws IOException {
    strictly(
        () -> {
          while (!message.complete && message.body.length() < atLeast) {
            readSome(message, atLeast - message.body.length());
          }
          return null;
        });
  }

  private void readSome(Message message, long wanted) throws IOException {
    if (message.framing == Message.Framing.CHUNKED && message.missing == 0) {
      message.missing = Grammar.chunkSize(line());
      if (message.missing == 0) {
        message.trailers.addAll(fields());
        message.complete = true;
        return;
      }
    }
    boolean close = message.framing == Message.Framing.CLOSE;
    int n =
        in.read(buffer, (int) Math.min(close ? wanted : Math.min(wanted, message.missing), 16384));
    if (n < 0) {
      if (close && in.end() == End.CLOSED) {
        message.complete = true;
        return;
      }
      throw new EOFException("ended in the body");
    }
    message.body.add(buffer, n);
    if (close) {
      return;
    }
    message.missing -= n;
    if (message.missing == 0) {
      if (message.framing == Message.Framing.CHUNKED) {
        if (!line().isEmpty()) {
          throw new Malformed("no CRLF after chunk data");
        }
      } else {
        message.complete = true;
      }
    }
  }

  private void finishIfEmpty(Message message) {
    message.complete =
        message.framing == Message.Framing.NONE
            || message.framing == Message.Framing.LENGTH && message.missing == 0;
  }

  private List<Field> fields() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      fields.add(Grammar.field(line));
    }
    return fields;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("ended in the line " + Bytes.shown(line.toString()));
      }
      if (b == '\r') {
        if (in.peek() >= 0 && in.read() != '\n') {
          throw new Malformed("bare CR after " + Bytes.shown(line.toString()));
        }
        return line.toString();
      }
      if (b == '\n') {
        throw new Malformed("bare LF after " + Bytes.shown(line.toString()));
      }
      line.append((char) b);
      if (line.length() > LONGEST_LINE) {
        throw new Malformed("endless line");
      }
    }
  }

  private <T> T strictly(Reading<T> reading) throws IOException {
    try {
      return reading.run();
    } catch (Malformed e) {
      violations.add(e.getMessage());
      throw e;
    }
  }

  private interface Reading<T> {
    T run() throws IOException;
  }
}
