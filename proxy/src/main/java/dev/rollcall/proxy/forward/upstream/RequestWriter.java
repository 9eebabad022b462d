package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.proxy.forward.http.UnreadBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Sends one request after the other over an HTTP/1.1 connection. Traffic loop only. */
final class RequestWriter {

  /** Bytes of a part that isn't worth a write of its own. */
  private static final int TINY = 512;

  private final Channel channel;
  private final UnreadBytes unread;
  private boolean ended;
  private boolean flushesSoon;

  RequestWriter(Channel channel) {
    this.channel = channel;
    this.unread = new UnreadBytes(channel);
  }

  /** Another request comes. */
  void begin() {
    ended = false;
  }

  /** The last byte of it has been written. */
  boolean hasEnded() {
    return ended;
  }

  /** See {@link UpstreamStream#untaken}. */
  long untaken(long now) {
    return unread.look(now) ? unread.untaken(now) : 0;
  }

  void head(RequestHead head, boolean end) {
    HttpMethod method = HttpMethod.valueOf(head.method());
    if (end) {
      ended = true;
      channel.writeAndFlush(
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              method,
              head.target(),
              Unpooled.EMPTY_BUFFER,
              head.headers(),
              EmptyHttpHeaders.INSTANCE),
          channel.voidPromise());
    } else {
      channel.write(
          new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, head.target(), head.headers()),
          channel.voidPromise());
    }
  }

  /** Takes over the reference. */
  void data(ByteBuf part) {
    boolean tiny = part.readableBytes() < TINY;
    channel.write(new DefaultHttpContent(part), channel.voidPromise());
    if (!tiny) {
      channel.flush();
    } else if (!flushesSoon) {
      // Tiny parts that come together go together.
      flushesSoon = true;
      channel.eventLoop().execute(this::flushTiny);
    }
  }

  private void flushTiny() {
    flushesSoon = false;
    channel.flush();
  }

  void end(HttpHeaders trailers) {
    ended = true;
    LastHttpContent last =
        trailers.isEmpty()
            ? LastHttpContent.EMPTY_LAST_CONTENT
            : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers);
    channel.writeAndFlush(last, channel.voidPromise());
  }
}
