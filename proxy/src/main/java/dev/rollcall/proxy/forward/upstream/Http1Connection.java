package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.proxy.forward.http.RawTunnel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to one upstream: lent to one request at a time, back to its pool when
 * request and response are both whole. Lives on the traffic loop of its pool and is touched by no
 * other thread.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements UpstreamStream {

  private final Channel channel;
  private final ResponseDecoder decoder = new ResponseDecoder();
  private final RequestWriter writer;
  private final Http1Pool pool;
  private final IdleTime idle = new IdleTime();

  private @Nullable UpstreamResponse response;
  private boolean served;
  private boolean informational;
  private boolean keepAlive;
  private boolean headSeen;
  private boolean reads = true;

  Http1Connection(Channel channel, Http1Pool pool) {
    this.channel = channel;
    this.writer = new RequestWriter(channel);
    this.pool = pool;
    channel.pipeline().addLast(decoder, this);
  }

  /** Lends the connection to a request. */
  Http1Connection lend(UpstreamResponse to) {
    this.response = to;
    writer.begin();
    headSeen = false;
    informational = false;
    return this;
  }

  boolean isOpen() {
    return channel.isActive();
  }

  /** How long it has carried nothing. */
  IdleTime idle() {
    return idle;
  }

  void close() {
    channel.close();
  }

  @Override
  public boolean reused() {
    return served;
  }

  @Override
  public void head(RequestHead head, boolean end) {
    decoder.expect(head.isHead());
    writer.head(head, end);
  }

  @Override
  public void flush() {
    writer.flush();
  }

  @Override
  public void data(ByteBuf part) {
    writer.data(part);
  }

  @Override
  public void end(HttpHeaders trailers) {
    writer.end(trailers);
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public long untaken(long now) {
    return writer.untaken(now);
  }

  @Override
  public void readable(boolean wanted) {
    if (reads != wanted) {
      reads = wanted;
      channel.config().setAutoRead(wanted);
    }
  }

  @Override
  public void cancel() {
    if (response != null) {
      response = null;
      writer.drop();
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    UpstreamResponse to = response;
    if (to == null) {
      // Nobody asked: an upstream that talks on an idle connection is not to be trusted with a
      // request.
      ReferenceCountUtil.release(message);
      channel.close();
    } else if (message instanceof HttpResponse head) {
      onHead(to, head);
    } else if (message instanceof HttpContent content) {
      onContent(to, content);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void onHead(UpstreamResponse to, HttpResponse head) {
    if (head.decoderResult().isFailure()) {
      fail(
          new ForwardFailure.Malformed(
              "response head: " + head.decoderResult().cause().getMessage()));
      return;
    }
    int status = head.status().code();
    if (status == 101) {
      onSwitch(to, head);
    } else if (status < 200) {
      informational = true;
      to.informational(status, head.headers());
    } else {
      String flaw = ResponseCheck.flaw(head);
      if (flaw != null) {
        fail(new ForwardFailure.Malformed(flaw));
        return;
      }
      headSeen = true;
      keepAlive = HttpUtil.isKeepAlive(head);
      idle.heed(head.headers());
      to.head(status, head.headers(), decoder.isContentAlwaysEmpty(head));
    }
  }

  private void onSwitch(UpstreamResponse to, HttpResponse head) {
    response = null;
    readable(false);
    pool.closed(this);
    to.upgraded(head.headers(), new RawTunnel(channel, this, decoder));
  }

  private void onContent(UpstreamResponse to, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      fail(new ForwardFailure.Broken("body: " + content.decoderResult().cause().getMessage()));
      return;
    }
    if (informational) {
      informational = false;
      content.release();
      return;
    }
    ByteBuf part = content.content();
    if (part.isReadable()) {
      to.data(part);
    } else {
      part.release();
    }
    if (content instanceof LastHttpContent last && response == to) {
      finish(to, last.trailingHeaders());
    }
  }

  /** Back to the pool first, so that the next request of the same client already finds it. */
  private void finish(UpstreamResponse to, HttpHeaders trailers) {
    response = null;
    served = true;
    readable(true);
    boolean clean = decoder.rest();
    if (clean && keepAlive && writer.hasEnded() && channel.isActive()) {
      pool.release(this);
    } else {
      channel.close();
    }
    to.end(trailers);
  }

  private void fail(ForwardFailure failure) {
    UpstreamResponse to = response;
    response = null;
    writer.drop();
    channel.close();
    if (to != null) {
      to.failed(failure);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (response != null) {
      response.readComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (response != null && channel.isWritable()) {
      response.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pool.closed(this);
    fail(ended("connection closed"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(ended("connection failed: " + cause.getMessage()));
  }

  private ForwardFailure ended(String how) {
    if (headSeen) {
      return new ForwardFailure.Broken(how + " midway in the response");
    }
    return decoder.bytesSeen()
        ? new ForwardFailure.Malformed(how + " midway in the response head")
        : new ForwardFailure.Lost(served, how + " before a response");
  }
}
