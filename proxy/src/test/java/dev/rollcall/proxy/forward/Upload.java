package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http.InboundResponse;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A POST whose body comes when a test says so. */
final class Upload extends InboundRequest {

  private final HttpVersion version;
  private final MultiMap headers = HeadersMultiMap.httpHeaders();
  private final ClientLink link = new ClientLink(new EmbeddedChannel(), false);
  private final Answer answer = new Answer();
  private Consumer<ByteBuf> parts = ByteBuf::release;
  private @Nullable Handler<Void> ended;
  private boolean paused;

  Upload(HttpVersion version) {
    this.version = version;
    link.channel().attr(ClientLink.SPOKEN_FOR).set(SocketAddress.inetSocketAddress(1, "10.0.0.9"));
  }

  /** A part of the body comes. */
  void come(ByteBuf part) {
    parts.accept(part);
  }

  /** The body is whole. */
  void beWhole() {
    Objects.requireNonNull(ended).handle(null);
  }

  boolean isPaused() {
    return paused;
  }

  @Override
  public void body(Consumer<ByteBuf> to) {
    parts = to;
  }

  @Override
  public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
    ended = handler;
    return this;
  }

  @Override
  public HttpServerRequest pause() {
    paused = true;
    return this;
  }

  @Override
  public HttpServerRequest resume() {
    paused = false;
    return this;
  }

  @Override
  public boolean isEnded() {
    return false;
  }

  @Override
  public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public HttpVersion version() {
    return version;
  }

  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String uri() {
    return "/";
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public HostAndPort authority() {
    return HostAndPort.create("a.test", -1);
  }

  @Override
  public boolean isValidAuthority() {
    return true;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public ClientLink connection() {
    return link;
  }

  @Override
  public InboundResponse response() {
    return answer;
  }

  @Override
  public @Nullable HttpHeaders trailers() {
    return null;
  }

  /** Sends nothing. */
  private static final class Answer extends InboundResponse {

    Answer() {
      super(new HttpClosedException("closed by a test"));
    }

    @Override
    protected boolean begin(int length, boolean end) {
      return false;
    }

    @Override
    protected void inform(int informational, HeadersMultiMap fields) {}

    @Override
    protected void body(ByteBuf part) {
      part.release();
    }

    @Override
    protected void finish(ByteBuf last, @Nullable HeadersMultiMap fields) {
      last.release();
    }

    @Override
    protected void flush() {}

    @Override
    public void cut() {
      abandon();
    }

    @Override
    public void last() {}

    @Override
    public Future<Void> reset(long code) {
      abandon();
      return Future.succeededFuture();
    }

    @Override
    public int streamId() {
      return 1;
    }

    @Override
    public boolean writeQueueFull() {
      return false;
    }
  }
}
