package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The words of HTTP/2 scripts; streams are named by their numbers. */
final class H2Steps {

  private H2Steps() {}

  /** A field block: names and values in turn, written exactly so. */
  static H2Step headers(int stream, boolean end, String... namesAndValues) {
    byte[] block = H2Fields.encode(fields(namesAndValues));
    int flags = H2Frame.END_HEADERS | (end ? H2Frame.END_STREAM : 0);
    return talk -> {
      if (namesAndValues.length > 1 && namesAndValues[1].equals("HEAD")) {
        talk.stream(stream).isForHead();
      }
      talk.stream(stream);
      talk.send(new H2Frame(H2Frame.HEADERS, flags, stream, block));
    };
  }

  /** A request without a body. */
  static H2Step get(int stream, String path, String... more) {
    return headers(stream, true, request("GET", path, more));
  }

  /** A request whose body follows. */
  static H2Step post(int stream, String path, String... more) {
    return headers(stream, false, request("POST", path, more));
  }

  static String[] request(String method, String path, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(":method", method, ":scheme", "http", ":path", path, ":authority", "a.test"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  static H2Step data(int stream, boolean end, String text) {
    return talk ->
        talk.send(new H2Frame(H2Frame.DATA, end ? H2Frame.END_STREAM : 0, stream, Bytes.of(text)));
  }

  /** As much as flow control allows, until all is sent or the stream has ended. */
  static H2Step body(int stream, byte[] body, boolean end) {
    return talk -> talk.sendBody(stream, body, end);
  }

  static H2Step trailers(int stream, String... namesAndValues) {
    return headers(stream, true, namesAndValues);
  }

  static H2Step frame(int type, int flags, int stream, byte[] payload) {
    return talk -> talk.send(new H2Frame(type, flags, stream, payload));
  }

  static H2Step raw(String bytes) {
    return talk -> talk.send(Bytes.of(bytes));
  }

  static H2Step cancel(int stream) {
    return frame(H2Frame.RST_STREAM, 0, stream, H2Frame.number(8));
  }

  static H2Step readHead(int stream) {
    return talk -> {
      while (talk.stream(stream).message() == null && !talk.stream(stream).ended()) {
        talk.readFrame();
      }
    };
  }

  static H2Step readBody(int stream, long atLeast) {
    return talk -> {
      H2Stream answer = talk.stream(stream);
      while (!answer.ended()
          && (answer.message() == null || answer.message().body.length() < atLeast)) {
        talk.readFrame();
      }
    };
  }

  static H2Step readAll(int stream) {
    return talk -> {
      while (!talk.stream(stream).ended()) {
        talk.readFrame();
      }
    };
  }

  /** The stream is reset, for that reason. */
  static H2Step readReset(int stream, long code) {
    return talk -> {
      while (!talk.stream(stream).ended()) {
        talk.readFrame();
      }
      long got = talk.stream(stream).resetCode();
      if (got != code) {
        throw new CaseFailure("stream " + stream + " reset with " + got + ", not " + code);
      }
    };
  }

  /** The connection ends, for that reason. */
  static H2Step readGoAway(long code) {
    return talk -> {
      try {
        while (!talk.goneAway()) {
          talk.readFrame();
        }
      } catch (IOException e) {
        throw new CaseFailure("no GOAWAY: " + e);
      }
      if (talk.goAwayCode() != code) {
        throw new CaseFailure("GOAWAY with " + talk.goAwayCode() + ", not " + code);
      }
      while (true) {
        talk.readFrame();
      }
    };
  }

  static H2Step signal(String name) {
    return talk -> talk.signals.raise(name);
  }

  static H2Step await(String name) {
    return talk -> talk.signals.await(name);
  }

  static H2Step close() {
    return H2Talk::close;
  }

  static List<Field> fields(String... namesAndValues) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return fields;
  }
}
