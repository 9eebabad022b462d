package dev.rollcall.proxy.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is played: the requests of one client, one after the other on one connection, and the
 * answers to them. Mostly what is asked for most, and a little of everything else: a branch that
 * the JVM has never seen taken is left out of what it compiles, and costs a compilation later.
 *
 * <p>The letter after the first slash of a target tells which answer it gets.
 */
final class Repertoire {

  /** The last bytes of each body that doesn't come in chunks. */
  static final String BODY = "end\n";

  /** The last bytes of a message in chunks. */
  static final String CHUNKS = "0\r\n\r\n";

  /** The last bytes of a message without a body. */
  static final String HEAD = "\r\n\r\n";

  /** The letter of the answer after which the upstream closes. */
  static final int CLOSE = 'C';

  /** How many plain requests go before each of another kind. */
  static final int PLAIN = 10;

  private static final int LARGE = 10 * 1024;

  /** Too much to be sent on in one piece, whose length would be known. */
  private static final int CHUNK = 100 * 1024;

  private static final String FIELDS =
      "Host: rehearsal\r\nUser-Agent: rollcall\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n";

  private Repertoire() {}

  /** All that clients ask. */
  static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Line other : others()) {
      for (int i = 0; i < PLAIN; i++) {
        lines.add(Line.of("GET /small HTTP/1.1\r\nHost: rehearsal\r\n\r\n", BODY));
      }
      lines.add(other);
    }
    return List.copyOf(lines);
  }

  private static List<Line> others() {
    return List.of(
        Line.of("GET /small HTTP/1.1\r\n" + FIELDS + "\r\n", BODY),
        Line.of("GET /large HTTP/1.1\r\n" + FIELDS + "\r\n", BODY),
        Line.of("GET /chunks?of=100 HTTP/1.1\r\n" + FIELDS + "Cookie: a=b\r\n\r\n", CHUNKS),
        post(body(LARGE)),
        Line.of("GET /missing HTTP/1.1\r\n" + FIELDS + "\r\n", BODY),
        Line.of("HEAD /empty HTTP/1.1\r\n" + FIELDS + "\r\n", HEAD),
        post(body(LARGE)),
        Line.of(
            "POST /small HTTP/1.1\r\n"
                + FIELDS
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk("x".repeat(100))
                + CHUNKS,
            BODY),
        Line.of("GET /Close HTTP/1.1\r\n" + FIELDS + "\r\n", BODY),
        Line.of("GET /large HTTP/1.1\r\n" + FIELDS + "\r\n", BODY),
        Line.of("GET /large HTTP/1.1\r\n" + FIELDS + "\r\n", ""));
  }

  private static Line post(String body) {
    return Line.of(
        "POST /small HTTP/1.1\r\n"
            + FIELDS
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body,
        BODY);
  }

  /** What an upstream says to a target with this letter. */
  static byte[] answer(int letter) {
    String text =
        switch (letter) {
          case 'l' -> answer("200 OK", body(LARGE));
          case 'c' ->
              head("200 OK", "Transfer-Encoding: chunked") + chunk("x".repeat(CHUNK)) + CHUNKS;
          case 'm' -> answer("404 Not Found", body(100));
          case 'e' -> head("200 OK", "Content-Length: 100");
          case CLOSE -> head("200 OK", "Connection: close\r\nContent-Length: 100") + body(100);
          default -> answer("200 OK", body(100));
        };
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String answer(String status, String body) {
    return head(status, "Content-Length: " + body.length()) + body;
  }

  private static String head(String status, String framing) {
    return "HTTP/1.1 "
        + status
        + "\r\nServer: rehearsal\r\nDate: Mon, 23 Nov 2026 00:00:00 GMT\r\n"
        + "Content-Type: text/plain\r\n"
        + framing
        + HEAD;
  }

  private static String body(int length) {
    return "x".repeat(length - BODY.length()) + BODY;
  }

  private static String chunk(String body) {
    return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
  }
}
