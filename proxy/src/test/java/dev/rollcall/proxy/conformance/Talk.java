package dev.rollcall.proxy.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Our end of one HTTP/1.1 connection while a script runs on it. Confined to the script's thread.
 */
abstract class Talk implements AutoCloseable {

  final Socket socket;
  final Signals signals;
  final RecordingInput in;
  final MessageReader reader;
  private final OutputStream out;
  private @Nullable Message current;

  Talk(Socket socket, Signals signals) throws IOException {
    this.socket = socket;
    this.signals = signals;
    this.in = new RecordingInput(socket);
    this.reader = new MessageReader(in);
    this.out = socket.getOutputStream();
    socket.setTcpNoDelay(true);
    signals.entrust(socket);
  }

  /** The next message's head, or null at the end of the connection. */
  abstract @Nullable Message nextHead() throws IOException;

  /** Reads a head; the connection's end instead of it is an EOFException. */
  final Message readHead() throws IOException {
    current = nextHead();
    if (current == null) {
      throw new EOFException("ended before a message");
    }
    return current;
  }

  /** The message whose head was read last; reads one when there is none. */
  final Message current() throws IOException {
    return current == null ? readHead() : current;
  }

  /** The rest of the present message, or a whole one when none is underway. */
  final Message readMessage() throws IOException {
    Message message = current == null || current.complete ? readHead() : current;
    reader.readBody(message);
    return message;
  }

  final void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  final void forgetCurrent() {
    current = null;
  }

  /** No farewell: the other side gets a reset. */
  final void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public final void close() throws IOException {
    socket.close();
  }
}
