package dev.rollcall.proxy.forward.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The edge of one HTTP/2 client connection: keeps the trailers that Vert.x drops, refuses streams
 * with two hosts, ends the connection when it has been without a stream for too long. Traffic loop
 * only.
 */
public final class Http2ClientConnection extends Http2FrameListenerDecorator {

  public static final AttributeKey<Http2ClientConnection> KEY =
      AttributeKey.valueOf(Http2ClientConnection.class, "edge");

  /** How long streams that are under way may go on after it; each has its own deadlines. */
  private static final long FAREWELL_HOURS = 24;

  private static final int MOST_ANSWERS_A_WRITE = 128;

  private final HttpConnection connection;
  private final int mostRequests;
  private final Http2ConnectionHandler handler;
  private final Set<Integer> receiving = new HashSet<>();
  private final Map<Integer, HttpHeaders> trailers = new HashMap<>();
  private long quietSince = System.nanoTime();
  private int requests;

  private Http2ClientConnection(
      HttpConnection connection,
      int mostRequests,
      Http2ConnectionHandler handler,
      Http2FrameListener next) {
    super(next);
    this.connection = connection;
    this.mostRequests = mostRequests;
    this.handler = handler;
  }

  /**
   * Puts the edge before Vert.x's listener of frames.
   *
   * @param mostRequests after so many it says goodbye, in order (GOAWAY), or {@link Limits#NONE}
   */
  static Http2ClientConnection install(
      HttpConnection connection, int mostRequests, Channel channel) {
    Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
    Http2ClientConnection edge =
        new Http2ClientConnection(
            connection, mostRequests, handler, handler.decoder().frameListener());
    handler.decoder().frameListener(edge);
    channel.attr(KEY).set(edge);
    // Answers of several streams that are ready in one turn of the loop become one write.
    channel
        .pipeline()
        .addBefore(
            channel.pipeline().context(handler).name(),
            "flush",
            new FlushConsolidationHandler(MOST_ANSWERS_A_WRITE, true));
    return edge;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    onHeaders(ctx, streamId, headers, end);
    super.onHeadersRead(ctx, streamId, headers, dependency, weight, exclusive, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    onHeaders(ctx, streamId, headers, end);
    super.onHeadersRead(ctx, streamId, headers, padding, end);
  }

  private void onHeaders(ChannelHandlerContext ctx, int streamId, Http2Headers headers, boolean end)
      throws Http2Exception {
    quietSince = System.nanoTime();
    if (!receiving.contains(streamId)) {
      if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
        throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "two hosts");
      }
      if (!end) {
        receiving.add(streamId);
      }
      if (++requests == mostRequests) {
        // Soon: this request is to be the last stream that the farewell names.
        ctx.executor().execute(() -> connection.shutdown(FAREWELL_HOURS, TimeUnit.HOURS));
      }
    } else if (end) {
      receiving.remove(streamId);
      HeadersMultiMap fields = HeadersMultiMap.httpHeaders();
      headers.forEach(field -> fields.add(field.getKey(), field.getValue()));
      trailers.put(streamId, fields);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean end)
      throws Http2Exception {
    if (end) {
      receiving.remove(streamId);
    }
    return super.onDataRead(ctx, streamId, data, padding, end);
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long code)
      throws Http2Exception {
    receiving.remove(streamId);
    trailers.remove(streamId);
    super.onRstStreamRead(ctx, streamId, code);
  }

  /** True while more of a stream's request may come. */
  public boolean isReceiving(int streamId) {
    return receiving.contains(streamId);
  }

  /** The trailers of a stream's request, or null. Asked once, after its end. */
  public @Nullable HttpHeaders takeTrailers(int streamId) {
    return trailers.remove(streamId);
  }

  /** Ends a connection that has been without a stream for too long. */
  void check(long now, Timeouts timeouts) {
    if (handler.connection().numActiveStreams() > 0) {
      quietSince = now;
    } else if (now - quietSince > timeouts.idle().toNanos()) {
      connection.shutdown();
    }
  }
}
