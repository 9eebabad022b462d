package dev.rollcall.proxy.forward.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's request, whatever its protocol. Traffic loop only. */
public abstract class InboundRequest extends UnaskedRequest {

  private @Nullable Handler<Throwable> onFailure;
  private long waitsSince;

  @Override
  public abstract ClientLink connection();

  @Override
  public abstract InboundResponse response();

  /**
   * Where its body goes, part by part, as it comes.
   *
   * @param parts takes over each part's reference
   */
  public abstract void body(Consumer<ByteBuf> parts);

  /** Whoever waits for more of it hears why nothing comes; after its answer that is no news. */
  protected final void failed(Throwable why) {
    if (onFailure != null && !response().ended()) {
      onFailure.handle(why);
    }
  }

  @Override
  public final HttpServerRequest exceptionHandler(@Nullable Handler<Throwable> handler) {
    onFailure = handler;
    return this;
  }

  /**
   * It waits, or has waited, for it to be known whom it is for.
   *
   * @param since as {@link System#nanoTime}
   */
  public final void waitsSince(long since) {
    waitsSince = since == 0 ? 1 : since;
  }

  /** Since when it has waited; 0: it has not. */
  public final long waitsSince() {
    return waitsSince;
  }

  /** The trailers, or null; to be asked after the end. */
  public abstract @Nullable HttpHeaders trailers();
}
