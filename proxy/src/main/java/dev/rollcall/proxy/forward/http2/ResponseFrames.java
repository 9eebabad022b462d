package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of answers (RFC 9113 §6.1, §6.2) one after the other into one buffer, without a
 * promise for each: whether a client got them, only its connection can tell. Bodies wait for
 * Netty's flow control. Traffic loop only.
 */
final class ResponseFrames {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int FRAME_HEADER = 9;

  private final Http2ClientConnection connection;
  private final FieldNames names;
  private final Http2HeadersEncoder fields;
  private final FrameBatch batch = new FrameBatch();
  private @Nullable ChannelHandlerContext context;
  private boolean held;
  private boolean flushing;

  ResponseFrames(Http2ClientConnection connection, FieldNames names) {
    this.connection = connection;
    this.names = names;
    // Netty's encoder is its own configuration; the dynamic table must be one for all who write.
    this.fields = (Http2HeadersEncoder) connection.encoder().configuration().headersConfiguration();
  }

  /** Puts the batch before the connection. */
  void open(ChannelHandlerContext ctx) {
    context = ctx;
    ctx.pipeline().addBefore(ctx.name(), "frames", batch);
  }

  /** Frames are being read: what answers them goes out at the end. */
  void hold() {
    held = true;
  }

  /** They have been read; Netty's handler flushes. */
  void letGo() {
    held = false;
  }

  /** Answers of several streams that are ready in one turn of the loop become one write. */
  void flushSoon() {
    if (!held && !flushing) {
      flushing = true;
      context().executor().execute(this::flushNow);
    }
  }

  private void flushNow() {
    flushing = false;
    if (!context().isRemoved()) {
      connection.flush(context());
    }
  }

  /** Closes the connection at once, whatever the client has not taken. */
  void cut() {
    batch.cut();
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  /** A head, which may be informational; it never waits. */
  void head(Http2Stream stream, int status, HeadersMultiMap headers, boolean end) {
    Http2Headers head = new DefaultHttp2Headers(false);
    head.status(HttpResponseStatus.valueOf(status).codeAsText());
    copy(headers, head);
    write(stream, head, end);
    stream.headersSent(status < 200);
    if (end) {
      closeLocal(stream);
    }
  }

  private void copy(HeadersMultiMap from, Http2Headers to) {
    Iterator<Map.Entry<CharSequence, CharSequence>> all = from.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = all.next();
      to.add(names.lower(field.getKey()), field.getValue());
    }
  }

  /** A part of the body, which it releases when it is written, or never will be. */
  void body(Http2Stream stream, ByteBuf part, boolean end) {
    connection
        .encoder()
        .flowController()
        .addFlowControlled(stream, new BodyPart(this, stream, part, end));
  }

  /** After all of the body. */
  void trailers(Http2Stream stream, HeadersMultiMap trailers) {
    Http2Headers fields = new DefaultHttp2Headers(false);
    copy(trailers, fields);
    connection
        .encoder()
        .flowController()
        .addFlowControlled(stream, new Trailers(this, stream, fields));
  }

  void reset(Http2Stream stream, long code) {
    connection.encoder().writeRstStream(context(), stream.id(), code, context().newPromise());
  }

  /** The end of a stream has been written. */
  void closeLocal(Http2Stream stream) {
    connection.closeStreamLocal(stream, context().newSucceededFuture());
  }

  /** Something could not be written. On a closed stream, or one that was reset, that is no news. */
  void failed(Http2Stream stream, Throwable cause) {
    if (stream.state() != Http2Stream.State.CLOSED && !stream.isResetSent()) {
      connection.onError(context(), true, cause);
    }
  }

  /** Writes a whole field section now. */
  void write(Http2Stream stream, Http2Headers headers, boolean end) {
    if (stream.isResetSent()) {
      return;
    }
    ByteBuf out = batch.open();
    int begin = out.writerIndex();
    out.writeZero(FRAME_HEADER);
    try {
      fields.encodeHeaders(stream.id(), headers, out);
    } catch (Http2Exception e) {
      out.writerIndex(begin);
      failed(stream, e);
      return;
    }
    int length = out.writerIndex() - begin - FRAME_HEADER;
    int most = mostPayload();
    int flags = end ? END_STREAM : 0;
    if (length <= most) {
      header(out, begin, length, HEADERS, flags | END_HEADERS, stream.id());
    } else {
      split(out, begin, most, flags, stream.id());
    }
  }

  private static void split(ByteBuf out, int begin, int most, int flags, int stream) {
    ByteBuf block = out.copy(begin + FRAME_HEADER, out.writerIndex() - begin - FRAME_HEADER);
    out.writerIndex(begin);
    int type = HEADERS;
    int first = flags;
    while (block.isReadable()) {
      int length = Math.min(most, block.readableBytes());
      int last = length == block.readableBytes() ? END_HEADERS : 0;
      int at = out.writerIndex();
      out.writeZero(FRAME_HEADER).writeBytes(block, length);
      header(out, at, length, type, first | last, stream);
      type = CONTINUATION;
      first = 0;
    }
    block.release();
  }

  /** Writes so many bytes of a body now, which the windows allow. */
  void write(Http2Stream stream, ByteBuf part, int bytes, boolean end) {
    connection.requests().moved(stream);
    int left = bytes;
    do {
      int length = Math.min(left, mostPayload());
      left -= length;
      ByteBuf out = batch.open();
      int at = out.writerIndex();
      out.writeZero(FRAME_HEADER);
      header(out, at, length, DATA, end && left == 0 ? END_STREAM : 0, stream.id());
      batch.add(part, length);
    } while (left > 0);
  }

  private int mostPayload() {
    return connection.encoder().configuration().frameSizePolicy().maxFrameSize();
  }

  private static void header(ByteBuf out, int at, int length, int type, int flags, int stream) {
    out.setMedium(at, length);
    out.setByte(at + 3, type);
    out.setByte(at + 4, flags);
    out.setInt(at + 5, stream);
  }
}
