package dev.rollcall.proxy.forward.http1;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;

import dev.rollcall.proxy.forward.http.Http1Encoder;
import dev.rollcall.proxy.forward.http.InboundResponse;
import dev.rollcall.proxy.forward.http.RawTunnel;
import dev.rollcall.proxy.forward.http.WriteBatch;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.jspecify.annotations.Nullable;

/** What answers a request of an HTTP/1 connection. Traffic loop only. */
public final class Http1Response extends InboundResponse {

  static final HttpClosedException CLOSED = new HttpClosedException("connection closed");

  private final Http1ClientConnection connection;
  private final boolean http10;
  private final boolean answersHead;
  private Framing framing = Framing.NO_BODY;
  private boolean last;

  /**
   * @param http10 the client speaks nothing newer
   * @param answersHead a body is measured, and not sent
   * @param last the connection ends after it
   */
  Http1Response(
      Http1ClientConnection connection, boolean http10, boolean answersHead, boolean last) {
    super(CLOSED);
    this.connection = connection;
    this.http10 = http10;
    this.answersHead = answersHead;
    this.last = last;
  }

  @Override
  public void last() {
    last = true;
  }

  /** Who says that the connection is closed after it, means it (RFC 9112 §9.6). */
  @Override
  protected boolean begin(int length, boolean end) {
    HeadersMultiMap headers = headers();
    framing = Framing.of(getStatusCode(), answersHead, http10, length, headers);
    // Of an answer that isn't whole yet nobody knows what will be left of the request then.
    boolean leaves = length >= 0 && connection.end().isWorthIt();
    last |=
        framing == Framing.CLOSE
            || leaves
            || connection.end().isNear()
            || headers.contains(CONNECTION);
    if (last) {
      headers.set(CONNECTION, HttpHeaderValues.CLOSE);
    } else if (http10) {
      headers.set(CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    write(http10, getStatusCode(), headers);
    return false;
  }

  @Override
  protected void inform(int informational, HeadersMultiMap fields) {
    write(false, informational, fields);
  }

  private void write(boolean http10, int status, HeadersMultiMap fields) {
    ByteBuf head = WriteBatch.scratch();
    Http1Encoder.responseHead(head, http10, status, fields);
    connection.answer().addHead(head);
  }

  @Override
  protected void body(ByteBuf part) {
    if (framing == Framing.NO_BODY || !part.isReadable()) {
      part.release();
      return;
    }
    WriteBatch out = connection.answer();
    if (framing == Framing.CHUNKED) {
      Http1Encoder.chunkBegin(out.open(), part.readableBytes());
      out.add(part);
      Http1Encoder.chunkEnd(out.open());
    } else {
      out.add(part);
    }
  }

  @Override
  protected void finish(ByteBuf rest, @Nullable HeadersMultiMap fields) {
    body(rest);
    if (framing == Framing.CHUNKED) {
      Http1Encoder.end(connection.answer().open(), fields);
    }
  }

  @Override
  protected void flush() {
    connection.answer().flush();
  }

  @Override
  protected void over() {
    connection.answered(last);
  }

  /** Answers 101 with the fields that were set: from then on the connection is no HTTP. */
  public RawTunnel switchProtocols() {
    abandon();
    inform(101, headers());
    flush();
    return connection.leaveToTunnel();
  }

  @Override
  public void cut() {
    abandon();
    if (framing == Framing.CLOSE) {
      // Only a reset tells a client that reads until the end of the connection that this isn't it.
      connection.end().reset();
    } else {
      connection.end().begin();
    }
  }

  @Override
  public Future<Void> reset(long code) {
    abandon();
    connection.end().reset();
    return Future.succeededFuture();
  }

  @Override
  public String getStatusMessage() {
    return HttpResponseStatus.valueOf(getStatusCode()).reasonPhrase();
  }

  @Override
  public int streamId() {
    return -1;
  }

  @Override
  public boolean writeQueueFull() {
    return !connection.link().channel().isWritable();
  }
}
