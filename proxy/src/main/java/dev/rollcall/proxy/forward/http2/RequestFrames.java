package dev.rollcall.proxy.forward.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;

/** Makes requests of the frames that a client sends. Traffic loop only. */
final class RequestFrames extends Http2EventAdapter {

  /** How often a client may change its mind, and once more with each request. */
  private static final int MOST_SETTINGS = 100;

  private final Http2Client client;
  private final Http2ClientConnection connection;
  private int requests;
  private int settings;
  private boolean wornOut;

  RequestFrames(Http2Client client, Http2ClientConnection connection) {
    this.client = client;
    this.connection = connection;
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
    onHeadersRead(ctx, streamId, headers, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    connection.heard();
    Http2Stream stream = connection.connection().stream(streamId);
    Http2Request known = connection.requests().of(stream);
    if (known == null) {
      begin(ctx, stream, headers, end);
    } else if (end) {
      try {
        known.inbound().end(headers);
      } catch (RuntimeException e) {
        throw notServed(streamId, e);
      }
    }
  }

  private void begin(
      ChannelHandlerContext ctx, Http2Stream stream, Http2Headers headers, boolean end)
      throws Http2Exception {
    if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
      throw malformed(stream, "two hosts");
    }
    Http2Request request = Http2Request.of(client.link(), connection, stream, headers, end);
    if (request == null) {
      throw malformed(stream, "malformed request");
    }
    connection.requests().begin(stream, request);
    if (++requests >= client.mostRequests().getAsInt() && !wornOut) {
      wornOut = true;
      // Soon: this request is to be the last stream that the farewell names.
      ctx.executor().execute(connection::retire);
    }
    try {
      client.requests().handle(request);
      if (end) {
        request.inbound().end(null);
      }
    } catch (RuntimeException e) {
      throw notServed(stream.id(), e);
    }
  }

  /** A fault of ours ends this request, and no other of the connection. */
  private static Http2Exception notServed(int stream, RuntimeException fault) {
    return Http2Exception.streamError(stream, Http2Error.INTERNAL_ERROR, fault, "not served");
  }

  private static Http2Exception malformed(Http2Stream stream, String what) {
    return Http2Exception.streamError(stream.id(), Http2Error.PROTOCOL_ERROR, what);
  }

  /** Returns what is consumed already; the rest is when the engine has taken it. */
  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean end)
      throws Http2Exception {
    Http2Stream stream = connection.connection().stream(streamId);
    Http2Request request = connection.requests().of(stream);
    int bytes = data.readableBytes();
    if (request == null) {
      return bytes + padding;
    }
    if (stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL && request.isTooMuchLeft(bytes)) {
      // RFC 9113 §8.1: nothing of the answer is lost by it.
      connection.responses().reset(stream, Http2Error.NO_ERROR.code());
      connection.responses().flushSoon();
      return bytes + padding;
    }
    try {
      request.inbound().data(data);
      if (end) {
        request.inbound().end(null);
      }
    } catch (RuntimeException e) {
      throw notServed(streamId, e);
    }
    return padding;
  }

  /** Each is work for all streams, and is remembered until the next answer (CVE-2019-9515). */
  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings changed)
      throws Http2Exception {
    if (++settings > MOST_SETTINGS + requests) {
      throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many settings");
    }
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    Http2Request request = connection.requests().of(stream);
    if (request != null) {
      request.closed();
    }
  }
}
