package dev.rollcall.proxy.conformance;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The strict grammar of RFC 9110 §5 and 9112 §2-7, without any of the leniencies it allows to
 * recipients: what a careful proxy sends must need none of them.
 */
final class Grammar {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile(TOKEN + " [\\x21-\\x7e\\x80-\\xff]+ HTTP/1\\.[01]");
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] [1-9][0-9]{2} [\\t\\x20-\\x7e\\x80-\\xff]*");
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*?)[ \\t]*");
  private static final Pattern CHUNK_LINE =
      Pattern.compile("([0-9A-Fa-f]{1,15})([ \\t]*;[\\t\\x20-\\x7e\\x80-\\xff]*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private Grammar() {}

  static void requestLine(String line) throws Malformed {
    if (!REQUEST_LINE.matcher(line).matches()) {
      throw new Malformed("not a request line: " + Bytes.shown(line));
    }
  }

  static void statusLine(String line) throws Malformed {
    if (!STATUS_LINE.matcher(line).matches()) {
      throw new Malformed("not a status line: " + Bytes.shown(line));
    }
  }

  static Field field(String line) throws Malformed {
    var matcher = FIELD.matcher(line);
    if (!matcher.matches()) {
      throw new Malformed("not a field line: " + Bytes.shown(line));
    }
    return new Field(matcher.group(1), matcher.group(2));
  }

  static long chunkSize(String line) throws Malformed {
    var matcher = CHUNK_LINE.matcher(line);
    if (!matcher.matches()) {
      throw new Malformed("not a chunk size: " + Bytes.shown(line));
    }
    return Long.parseLong(matcher.group(1), 16);
  }

  /** What every request that reaches an upstream must keep. */
  static void request(Message request) throws Malformed {
    if (request.all("Host").size() != 1) {
      throw new Malformed("Host lines: " + request.all("Host"));
    }
    if (request.target().contains("#")) {
      throw new Malformed("fragment in " + request.target());
    }
    framing(request);
    if (request.framing == Message.Framing.CLOSE) {
      request.framing = Message.Framing.NONE;
    }
  }

  /** What every response that reaches a client must keep. */
  static void response(Message response, String method) throws Malformed {
    int status = response.status();
    boolean empty = status < 200 || status == 204;
    if (empty && (response.has("Content-Length") || response.has("Transfer-Encoding"))) {
      throw new Malformed("framing fields in a " + status + " (RFC 9110 §8.6, 9112 §6.1)");
    }
    framing(response);
    if (empty || status == 304 || method.equals("HEAD")) {
      response.framing = Message.Framing.NONE;
      response.missing = 0;
    }
  }

  private static void framing(Message message) throws Malformed {
    List<String> lengths = message.all("Content-Length");
    List<String> codings = message.all("Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty()) {
        throw new Malformed("both Content-Length and Transfer-Encoding");
      }
      if (codings.size() != 1
          || !codings.get(0).equalsIgnoreCase("chunked")
          || message.startLine.contains("HTTP/1.0")) {
        throw new Malformed("Transfer-Encoding: " + codings + " in " + message.startLine);
      }
      message.framing = Message.Framing.CHUNKED;
    } else if (!lengths.isEmpty()) {
      if (lengths.size() != 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
        throw new Malformed("Content-Length: " + lengths);
      }
      message.framing = Message.Framing.LENGTH;
      message.missing = Long.parseLong(lengths.get(0));
    } else {
      message.framing = Message.Framing.CLOSE;
    }
  }
}
