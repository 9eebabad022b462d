package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.proxy.forward.http.Http1Encoder;
import dev.rollcall.proxy.forward.http.UnreadBytes;
import dev.rollcall.proxy.forward.http.WriteBatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** Sends one request after the other over an HTTP/1.1 connection. Traffic loop only. */
final class RequestWriter {

  /** Bytes of a part that isn't worth a write of its own. */
  private static final int TINY = 512;

  private final Channel channel;
  private final WriteBatch out;
  private final UnreadBytes unread;
  private boolean chunked;
  private boolean ended;
  private boolean flushesSoon;

  RequestWriter(Channel channel) {
    this.channel = channel;
    this.out = new WriteBatch(channel);
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
    chunked = !end && head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    ByteBuf scratch = WriteBatch.scratch();
    Http1Encoder.requestHead(scratch, head.method(), head.target(), head.headers());
    out.addHead(scratch);
    if (end) {
      ended = true;
      out.flush();
    }
  }

  void flush() {
    out.flush();
  }

  /** Takes over the reference. */
  void data(ByteBuf part) {
    int length = part.readableBytes();
    if (length == 0) {
      // As a chunk it would be the end.
      part.release();
      return;
    }
    if (chunked) {
      Http1Encoder.chunkBegin(out.open(), length);
      out.add(part);
      Http1Encoder.chunkEnd(out.open());
    } else {
      out.add(part);
    }
    if (length >= TINY) {
      out.flush();
    } else if (!flushesSoon) {
      // Tiny parts that come together go together.
      flushesSoon = true;
      channel.eventLoop().execute(this::flushTiny);
    }
  }

  private void flushTiny() {
    flushesSoon = false;
    out.flush();
  }

  void end(HttpHeaders trailers) {
    ended = true;
    if (chunked) {
      Http1Encoder.end(out.open(), trailers);
    }
    out.flush();
  }

  /** The upstream will read nothing more. */
  void drop() {
    out.drop();
  }
}
