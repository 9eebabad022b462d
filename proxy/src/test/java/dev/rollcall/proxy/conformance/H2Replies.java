package dev.rollcall.proxy.conformance;

import java.io.IOException;

/** The words of an HTTP/2 upstream's script. */
final class H2Replies {

  private H2Replies() {}

  /** Any step of a client's script, on the request's stream. */
  private static H2Reply on(java.util.function.IntFunction<H2Step> step) {
    return (talk, stream) -> step.apply(stream).run(talk);
  }

  /** Waits for the whole request. */
  static H2Reply readAll() {
    return on(H2Steps::readAll);
  }

  static H2Reply readBody(long atLeast) {
    return on(stream -> H2Steps.readBody(stream, atLeast));
  }

  static H2Reply head(String status, String... more) {
    return head(false, status, more);
  }

  static H2Reply head(boolean end, String status, String... more) {
    String[] all = H2RequestCases.join(new String[] {":status", status}, more);
    return on(stream -> H2Steps.headers(stream, end, all));
  }

  static H2Reply data(boolean end, String text) {
    return on(stream -> H2Steps.data(stream, end, text));
  }

  static H2Reply body(byte[] body, boolean end) {
    return on(stream -> H2Steps.body(stream, body, end));
  }

  static H2Reply trailers(String... namesAndValues) {
    return on(stream -> H2Steps.trailers(stream, namesAndValues));
  }

  static H2Reply reset(int code) {
    return on(stream -> H2Steps.frame(H2Frame.RST_STREAM, 0, stream, H2Frame.number(code)));
  }

  /** No stream above {@code last} was or will be worked on (RFC 9113 §6.8). */
  static H2Reply goAway(int last) {
    byte[] payload = new byte[8];
    System.arraycopy(H2Frame.number(last), 0, payload, 0, 4);
    return on(stream -> H2Steps.frame(H2Frame.GOAWAY, 0, 0, payload));
  }

  /** The proxy must end the stream, or the connection, by itself. */
  static H2Reply awaitCancelled() {
    return (talk, stream) -> {
      try {
        while (talk.stream(stream).resetCode() < 0) {
          talk.readFrame();
        }
      } catch (IOException ended) {
        talk.close();
      }
    };
  }

  static H2Reply signal(String name) {
    return on(stream -> H2Steps.signal(name));
  }

  static H2Reply await(String name) {
    return on(stream -> H2Steps.await(name));
  }

  static H2Reply close() {
    return on(stream -> H2Steps.close());
  }
}
