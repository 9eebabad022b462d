package dev.rollcall.proxy.forward.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the parts of a body straight to who forwards the request, past Vert.x, which would copy
 * each into memory of its own. Vert.x still sees head and end, so that it keeps the order of
 * pipelined requests; one that had to wait there for its turn has its body there too, and comes the
 * long way. Traffic loop only.
 */
public final class BodyPassage {

  private final Channel channel;
  private @Nullable Object arriving;
  private @Nullable Consumer<ByteBuf> taker;

  BodyPassage(Channel channel) {
    this.channel = channel;
  }

  /** Passes a head on; {@link #take} may be called within it. */
  void head(ChannelHandlerContext ctx, HttpRequest request) {
    arriving = request.headers();
    ctx.fireChannelRead(request);
    arriving = null;
  }

  /**
   * Asks for the body of the request that has just come.
   *
   * @param headers the request's own, by which it is known
   * @param to gets each part, and its reference
   * @return false: it comes from Vert.x
   */
  public boolean take(Object headers, Consumer<ByteBuf> to) {
    if (arriving != headers) {
      return false;
    }
    taker = to;
    return true;
  }

  /** Stops or resumes to read from the client; what has been read still comes. */
  public void readable(boolean wanted) {
    channel.config().setAutoRead(wanted);
  }

  /** False: nobody has asked for this body. True: it has gone, its end to Vert.x. */
  boolean content(ChannelHandlerContext ctx, HttpContent content) {
    Consumer<ByteBuf> to = taker;
    if (to == null || content.decoderResult().isFailure()) {
      return false;
    }
    ByteBuf part = content.content();
    if (part.isReadable()) {
      to.accept(part);
    } else {
      part.release();
    }
    if (content instanceof LastHttpContent) {
      taker = null;
      ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    return true;
  }
}
