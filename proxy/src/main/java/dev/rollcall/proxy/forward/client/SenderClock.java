package dev.rollcall.proxy.forward.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the decoder of a client connection and knows how long its sender has been at what:
 * a header, a body, nothing. Holds bytes back while it isn't known whether they are HTTP. Traffic
 * loop only.
 */
final class SenderClock extends ChannelInboundHandlerAdapter {

  private static final int MOST_HELD = 64 * 1024;

  /** Not looked at the clock yet: the next check does, so that no byte has to. */
  private static final long NOW = 0;

  /** What has taken too long. */
  enum Overdue {
    NOTHING,
    HEADER,
    REQUEST
  }

  private final Deque<ByteBuf> held = new ArrayDeque<>(0);
  private @Nullable ChannelHandlerContext context;
  private int heldBytes;
  private boolean holding;
  private int unanswered;
  private boolean inHeader;
  private boolean inBody;
  private boolean stopped;
  private long headerSince = NOW;
  private long lastByte = NOW;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    lastByte = NOW;
    if (holding && message instanceof ByteBuf bytes) {
      held.add(bytes);
      heldBytes += bytes.readableBytes();
      if (heldBytes > MOST_HELD) {
        ctx.channel().config().setAutoRead(false);
      }
      return;
    }
    if (!inHeader && !inBody && !stopped) {
      inHeader = true;
      headerSince = NOW;
    }
    ctx.fireChannelRead(message);
  }

  /**
   * Passes nothing on until {@link #release}: the client may be about to speak another protocol.
   */
  void hold() {
    holding = true;
  }

  void release() {
    if (!holding || context == null) {
      return;
    }
    holding = false;
    heldBytes = 0;
    context.channel().config().setAutoRead(true);
    ByteBuf bytes;
    while ((bytes = held.poll()) != null) {
      context.fireChannelRead(bytes);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    held.forEach(ByteBuf::release);
    held.clear();
    ctx.fireChannelInactive();
  }

  /** A header is whole. */
  void requestBegun() {
    inHeader = false;
    inBody = true;
    unanswered++;
  }

  void requestEnded() {
    inBody = false;
  }

  void answered() {
    unanswered--;
    lastByte = NOW;
  }

  /** It still takes what was sent before: it isn't idle. */
  void isReading() {
    lastByte = NOW;
  }

  /**
   * Nothing is overdue any more: a tunnel has limits of its own, a refused sender is on the way
   * out.
   */
  void stop() {
    stopped = true;
  }

  /** Asked a few times a second: that is how exact it is. */
  Overdue overdue(long now, Timeouts timeouts) {
    lastByte = lastByte == NOW ? now : lastByte;
    headerSince = headerSince == NOW ? now : headerSince;
    if (stopped || inBody || unanswered > 0) {
      return Overdue.NOTHING;
    }
    if (inHeader) {
      return now - headerSince > timeouts.requestHeader().toNanos()
          ? Overdue.HEADER
          : Overdue.NOTHING;
    }
    return now - lastByte > timeouts.idle().toNanos() ? Overdue.REQUEST : Overdue.NOTHING;
  }
}
