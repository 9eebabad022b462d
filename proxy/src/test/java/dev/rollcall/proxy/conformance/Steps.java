package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;

/** The words that scripts are made of; the same on the client's and the upstream's side. */
final class Steps {

  private Steps() {}

  static Step send(String bytes) {
    return send(Bytes.of(bytes));
  }

  static Step send(byte[] bytes) {
    return talk -> talk.send(bytes);
  }

  /** A message's head; on the client's side interim responses before it are kept with it. */
  static Step readHead() {
    return Talk::readHead;
  }

  /** A whole message, or the rest of the one whose head was read. */
  static Step readMessage() {
    return Talk::readMessage;
  }

  /** One interim response, on the client's side. */
  static Step readInterim() {
    return talk -> ((ClientTalk) talk).readInterim();
  }

  static Step readBody(long atLeast) {
    return talk -> talk.reader.readBody(talk.current(), atLeast);
  }

  /**
   * The usual upstream: reads the whole request, then answers with these bytes. {port} is its own.
   */
  static Step answer(String response) {
    return talk -> {
      talk.readMessage();
      talk.send(Bytes.of(response.replace("{port}", "" + talk.socket.getLocalPort())));
    };
  }

  /** Answers 200 with what it saw, so that a client can tell whose answer it got. */
  static Step answerSeen() {
    return talk -> {
      Message request = talk.readMessage();
      String seen = "seen " + request.method() + " " + request.target();
      String body = request.method().equals("HEAD") ? "" : seen;
      talk.send(
          Bytes.of("HTTP/1.1 200 OK\r\nContent-Length: " + seen.length() + "\r\n\r\n" + body));
    };
  }

  static Step signal(String name) {
    return talk -> talk.signals.raise(name);
  }

  static Step await(String name) {
    return talk -> talk.signals.await(name);
  }

  static Step close() {
    return Talk::close;
  }

  static Step reset() {
    return Talk::reset;
  }

  static Step halfClose() {
    return talk -> talk.socket.shutdownOutput();
  }

  /** The other side must end the connection, whatever it sends before that. */
  static Step awaitEnd() {
    return talk -> {
      talk.in.readToEnd();
      talk.close();
    };
  }

  /** Reads exactly these bytes, which are no HTTP: a tunnel. */
  static Step readRaw(String expected) {
    return talk -> {
      StringBuilder got = new StringBuilder();
      while (got.length() < expected.length()) {
        int b = talk.in.read();
        if (b < 0) {
          throw new CaseFailure("tunnel ended after " + Bytes.shown(got.toString()));
        }
        got.append((char) b);
      }
      if (!got.toString().equals(expected)) {
        throw new CaseFailure("tunnel brought " + Bytes.shown(got.toString()));
      }
    };
  }

  /**
   * Sends until nothing more is taken, then raises {@code stalled}; fails when all of {@code limit}
   * bytes were taken although nobody reads them: then they pile up in the proxy.
   */
  static Step sendUntilStalled(int limit, String stalled) {
    return sendUntilStalled(Bytes.pattern(1 << 16), limit, stalled);
  }

  /** The same with blocks of one's own. */
  static Step sendUntilStalled(byte[] bytes, int limit, String stalled) {
    return talk -> {
      var channel = talk.socket.getChannel();
      ByteBuffer block = ByteBuffer.wrap(bytes);
      channel.configureBlocking(false);
      int sent = 0;
      try (Selector selector = Selector.open()) {
        channel.register(selector, SelectionKey.OP_WRITE);
        while (selector.select(700) > 0) {
          selector.selectedKeys().clear();
          block.rewind();
          sent += channel.write(block);
          if (sent > limit) {
            throw new CaseFailure(sent + " bytes taken although nobody reads them");
          }
        }
      }
      channel.configureBlocking(true);
      talk.signals.raise(stalled);
    };
  }

  /** Sends on and on, as much as is taken, until an answer comes. */
  static Step sendUntilAnswered() {
    return talk -> {
      var channel = talk.socket.getChannel();
      ByteBuffer block = ByteBuffer.wrap(Bytes.pattern(1 << 16));
      channel.configureBlocking(false);
      try (Selector selector = Selector.open()) {
        SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        do {
          selector.selectedKeys().clear();
          if (selector.select(Patience.millis()) == 0) {
            throw new CaseFailure("no answer");
          }
          if (key.isWritable()) {
            channel.write(block.hasRemaining() ? block : block.rewind());
          }
        } while (!key.isReadable());
      }
      channel.configureBlocking(true);
    };
  }

  /** Sends on and on, until the other side ends the connection. */
  static Step sendUntilCut(int most, String cut) {
    return talk -> {
      byte[] block = new byte[1 << 16];
      try {
        for (int sent = 0; sent < most; sent += block.length) {
          talk.socket.getOutputStream().write(block);
        }
      } catch (IOException ended) {
        talk.signals.raise(cut);
        return;
      }
      throw new CaseFailure(most + " bytes taken although nobody reads them");
    };
  }

  /** A slow hand, where slowness is what the case is about; never a wait for a result. */
  static Step pause(int millis) {
    return talk -> talk.signals.pause(millis);
  }

  /** Many equal blocks, as fast as they are taken. */
  static Step sendRepeated(byte[] block, int times) {
    return talk -> {
      for (int i = 0; i < times; i++) {
        talk.send(block);
      }
    };
  }

  /** The same steps again. */
  static Step times(int n, Step... steps) {
    return talk -> {
      for (int i = 0; i < n; i++) {
        inTurn(steps).run(talk);
      }
    };
  }

  static Step inTurn(Step... steps) {
    return talk -> {
      for (Step step : Arrays.asList(steps)) {
        step.run(talk);
      }
    };
  }

  /** Sends bytes slowly until the other side has had enough; fails when it never has. */
  static Step trickle(String text, int everyMillis) {
    return talk -> {
      long end = System.nanoTime() + Patience.LIMIT.toNanos();
      while (talk.socket.getInputStream().available() == 0) {
        if (System.nanoTime() > end) {
          throw new CaseFailure("slow bytes were taken without end");
        }
        talk.send(Bytes.of(text));
        talk.signals.pause(everyMillis);
      }
    };
  }

  /** Sends byte after byte until the connection is gone; fails when it never is. */
  static Step sendUntilCut() {
    return talk -> {
      long end = System.nanoTime() + Patience.LIMIT.toNanos();
      while (System.nanoTime() < end) {
        try {
          talk.send(Bytes.of("x"));
        } catch (IOException cut) {
          return;
        }
        talk.signals.pause(50);
      }
      throw new CaseFailure("the connection was never cut");
    };
  }
}
