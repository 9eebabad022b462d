package dev.rollcall.proxy.forward.upstream;

import static dev.rollcall.proxy.forward.message.FieldRules.is;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.HostAndPort;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on an HTTP/2 connection, over Vert.x's client. Traffic loop only. */
final class Http2Stream implements UpstreamStream {

  /** The upstream did not work on the request (RFC 9113 §8.7). */
  private static final long REFUSED_STREAM = 7;

  private static final long CANCEL = 8;

  private final Http2Connection connection;
  private final HttpClientRequest request;
  private final UpstreamPool.Borrower to;
  private final boolean reused;
  private @Nullable HttpClientResponse response;
  private Future<Void> written = Future.succeededFuture();
  private int untaken;
  private long takenAt;
  private boolean over;

  Http2Stream(
      Http2Connection connection,
      HttpClientRequest request,
      UpstreamPool.Borrower to,
      boolean reused) {
    this.connection = connection;
    this.request = request;
    this.to = to;
    this.reused = reused;
  }

  /** Gives the stream to its borrower, or back. */
  void offer() {
    if (to.wantsStream()) {
      to.begin(this);
    } else {
      request.reset(CANCEL);
    }
  }

  @Override
  public boolean reused() {
    return reused;
  }

  @Override
  public void head(RequestHead head, boolean end) {
    request.setMethod(HttpMethod.valueOf(head.method())).setURI(head.target());
    request.authority(HostAndPort.parseAuthority(head.authority(), -1));
    for (Map.Entry<String, String> field : head.headers()) {
      CharSequence name = field.getKey();
      if (!is(name, HttpHeaderNames.HOST)
          && !is(name, HttpHeaderNames.CONNECTION)
          && !is(name, HttpHeaderNames.UPGRADE)
          && !is(name, HttpHeaderNames.TRANSFER_ENCODING)) {
        request.headers().add(name, field.getValue());
      }
    }
    request.exceptionHandler(this::failed);
    request.drainHandler(v -> to.writable());
    request.continueHandler(v -> to.informational(100, HeadersMultiMap.httpHeaders()));
    request.earlyHintsHandler(hints -> to.informational(103, netty(hints)));
    request.response().onComplete(this::onResponse, this::failed);
    if (end) {
      request.end();
    } else {
      request.setChunked(true);
      written = request.sendHead();
    }
  }

  private void onResponse(HttpClientResponse head) {
    if (over) {
      return;
    }
    int status = head.statusCode();
    if (status < 200 || status > 599) {
      cancel();
      to.failed(new ForwardFailure.Malformed("status code " + status));
      return;
    }
    response = head;
    head.exceptionHandler(this::failed);
    head.handler(this::data);
    head.endHandler(v -> end(head));
    boolean bodiless = request.getMethod() == HttpMethod.HEAD || status == 204 || status == 304;
    to.head(status, netty(head.headers()), bodiless);
    // If the stream ends with its head, the client's has to as well: gRPC tells failures that way.
    connection.soon(to::readComplete);
  }

  private void data(Buffer part) {
    if (!over) {
      to.data(((BufferInternal) part).getByteBuf());
      to.readComplete();
    }
  }

  private void end(HttpClientResponse head) {
    if (!over) {
      over = true;
      to.end(netty(head.trailers()));
    }
  }

  private void failed(Throwable cause) {
    if (over) {
      return;
    }
    over = true;
    String detail = "HTTP/2 stream: " + cause.getMessage();
    if (response != null) {
      to.failed(new ForwardFailure.Broken(detail));
    } else if (isUnprocessed(cause)) {
      to.failed(new ForwardFailure.NotProcessed(detail));
    } else {
      to.failed(new ForwardFailure.Lost(reused, detail));
    }
  }

  /** Refused, or above the last stream that a GOAWAY promises to have looked at (§6.8). */
  private boolean isUnprocessed(Throwable cause) {
    if (cause instanceof StreamResetException reset) {
      return reset.getCode() == REFUSED_STREAM;
    }
    return cause instanceof HttpClosedException && connection.isUnprocessed(request.streamId());
  }

  @Override
  public void flush() {
    // The head went at once.
  }

  @Override
  public void data(ByteBuf part) {
    if (untaken++ == 0) {
      takenAt = System.nanoTime();
    }
    written = request.write(Buffer.buffer(ByteBufUtil.getBytes(part)));
    part.release();
    written.onComplete(
        done -> {
          untaken--;
          takenAt = System.nanoTime();
        });
  }

  @Override
  public long untaken(long now) {
    return untaken == 0 ? 0 : now - takenAt;
  }

  @Override
  public void end(HttpHeaders trailers) {
    if (trailers.isEmpty()) {
      request.end();
    } else {
      written.onSuccess(v -> endWith(trailers));
    }
  }

  private void endWith(HttpHeaders trailers) {
    if (!over) {
      connection.end(request, trailers);
    }
  }

  @Override
  public boolean isWritable() {
    return !request.writeQueueFull();
  }

  @Override
  public void readable(boolean wanted) {
    if (response != null && !over) {
      if (wanted) {
        response.resume();
      } else {
        response.pause();
      }
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      request.reset(CANCEL);
    }
  }

  private static HttpHeaders netty(MultiMap fields) {
    HeadersMultiMap copy = HeadersMultiMap.httpHeaders();
    for (Map.Entry<String, String> field : fields) {
      if (!field.getKey().startsWith(":")) {
        copy.add(field.getKey(), field.getValue());
      }
    }
    return copy;
  }
}
