package dev.rollcall.proxy.forward.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Knows for how long who is at the other end of a connection has taken nothing of what waits for
 * it; asked a few times a second. A reader that is slow takes something. Traffic loop only.
 */
public final class UnreadBytes {

  private final Channel channel;
  private long pending;
  private long progress;
  private long since;

  public UnreadBytes(Channel channel) {
    this.channel = channel;
  }

  /** True when anything waits; then {@link #untaken} counts from the last time that some went. */
  public boolean look(long now) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    long waits = out == null ? 0 : out.totalPendingWriteBytes();
    // A part that goes bit by bit is counted as waiting until its end.
    long gone = waits == 0 ? 0 : out.currentProgress();
    if (waits == 0 || waits != pending || gone != progress) {
      pending = waits;
      progress = gone;
      since = now;
    }
    return waits > 0;
  }

  /** For how long nothing has gone, in nanoseconds. */
  public long untaken(long now) {
    return now - since;
  }
}
