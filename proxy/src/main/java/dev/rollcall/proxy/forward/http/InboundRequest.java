package dev.rollcall.proxy.forward.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's request, whatever its protocol. Traffic loop only. */
public abstract class InboundRequest extends UnaskedRequest {

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

  /** The trailers, or null; to be asked after the end. */
  public abstract @Nullable HttpHeaders trailers();
}
