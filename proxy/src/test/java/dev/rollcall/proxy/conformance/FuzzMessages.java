package dev.rollcall.proxy.conformance;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;

/** Valid messages to begin with, each marked by a tag so that it is known again anywhere. */
record FuzzMessages(RandomGenerator random) {

  private static final String[] METHODS = {"GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS"};

  /** A request whose body, if it has one, looks like another request. */
  String request(String tag) {
    String method = METHODS[random.nextInt(METHODS.length)];
    StringBuilder text = new StringBuilder(method + " /" + tag + " HTTP/1.1\r\nHost: a.test\r\n");
    if (random.nextInt(3) == 0) {
      text.append("X-Some: thing\r\nAccept: */*\r\n");
    }
    if (random.nextInt(8) == 0) {
      text.append("Connection: keep-alive, X-Some\r\n");
    }
    String body = method.equals("POST") || method.equals("PUT") ? inner(tag) : "";
    switch (body.isEmpty() ? 0 : 1 + random.nextInt(2)) {
      case 1 ->
          text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
      case 2 ->
          text.append("Transfer-Encoding: chunked\r\n\r\n")
              .append(BodyCases.chunked(body, 1 + random.nextInt(40)));
      default -> text.append("\r\n");
    }
    return text.toString();
  }

  /** An HTTP/2 connection with a request on each of its streams. */
  byte[] frames(List<String> tags) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(H2Talk.PREFACE);
    all.writeBytes(new H2Frame(H2Frame.SETTINGS, 0, 0, new byte[0]).bytes());
    int stream = 1;
    for (String tag : tags) {
      boolean post = random.nextBoolean();
      byte[] block =
          H2Fields.encode(
              H2Steps.fields(H2Steps.request(post ? "POST" : "GET", "/" + tag, "x", "some")));
      int end = post ? 0 : H2Frame.END_STREAM;
      all.writeBytes(
          new H2Frame(H2Frame.HEADERS, H2Frame.END_HEADERS | end, stream, block).bytes());
      if (post) {
        byte[] body = Bytes.of(inner(tag));
        all.writeBytes(new H2Frame(H2Frame.DATA, 0, stream, body).bytes());
        all.writeBytes(new H2Frame(H2Frame.DATA, H2Frame.END_STREAM, stream, new byte[0]).bytes());
      }
      stream += 2;
    }
    return all.toByteArray();
  }

  private static String inner(String tag) {
    return "GET /inner-" + tag + " HTTP/1.1\r\nHost: a.test\r\n\r\n";
  }

  /** An answer whose body carries the tag. */
  String response(String tag, boolean head) {
    String body = "answer to " + tag + "\n";
    StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\nX-Some: thing\r\nServer: x\r\n");
    switch (random.nextInt(head ? 1 : 4)) {
      case 0 ->
          text.append("Content-Length: ")
              .append(body.length())
              .append("\r\n\r\n")
              .append(head ? "" : body);
      case 1 ->
          text.append("Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n")
              .append(BodyCases.chunked(body, 1 + random.nextInt(20)));
      case 2 -> text.append("Connection: close\r\n\r\n").append(body);
      default ->
          text.insert(0, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
              .append("Content-Length: ")
              .append(body.length())
              .append("\r\n\r\n")
              .append(body);
    }
    return text.toString();
  }
}
