package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.forward.http.RawTunnel;
import dev.rollcall.proxy.forward.retry.RetryPolicy;
import dev.rollcall.proxy.forward.upstream.ForwardFailure;
import dev.rollcall.proxy.forward.upstream.UpstreamPool;
import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One try of one request with one upstream. Opens and closes the upstream's in-flight count exactly
 * once, whatever ends it, and tells the roll what it saw. Traffic loop only.
 */
final class Exchange implements UpstreamPool.Borrower {

  private final Forwarding forwarding;
  private final TrafficLoop loop;
  private final Upstream upstream;
  private final UpstreamPool pool;
  private final long opened = System.nanoTime();

  private @Nullable UpstreamStream stream;
  private boolean closed;
  private boolean bytesSeen;
  private boolean headSeen;
  private boolean tunnel;
  private long sent;

  /** 0: not looked at the clock since; the next check does. */
  private long lastByte;

  Exchange(Forwarding forwarding, TrafficLoop loop, Upstream upstream) {
    this.forwarding = forwarding;
    this.loop = loop;
    this.upstream = upstream;
    this.pool = loop.pool(upstream);
  }

  Upstream upstream() {
    return upstream;
  }

  /** When it began, by this process's monotonic clock. */
  long openedAt() {
    return opened;
  }

  boolean headSeen() {
    return headSeen;
  }

  /** True once any byte of a response has come, an informational one included. */
  boolean bytesSeen() {
    return bytesSeen;
  }

  /**
   * Begins: over an idle connection if there is one, else a new one.
   *
   * @param repeatable false: only connections that were used a moment ago
   * @param fresh only a new connection
   */
  void open(boolean repeatable, boolean fresh) {
    upstream.traffic().opened();
    pool.lend(this, repeatable, fresh);
  }

  @Override
  public boolean wantsStream() {
    return !closed;
  }

  @Override
  public void begin(UpstreamStream to) {
    stream = to;
    forwarding.dispatch().send(to);
  }

  @Override
  public void notConnected(Throwable cause) {
    failed(ForwardFailure.NotConnected.of(cause));
  }

  /** The last byte of the request has gone: from now on the upstream owes an answer. */
  void requestSent() {
    sent = System.nanoTime();
  }

  @Override
  public void informational(int status, HttpHeaders headers) {
    bytesSeen = true;
    if (!closed) {
      forwarding.answer().informational(status, headers, upstream);
    }
  }

  @Override
  public void head(int status, HttpHeaders headers, boolean bodiless) {
    if (closed) {
      return;
    }
    bytesSeen = true;
    long now = System.nanoTime();
    if (status == 503 && "true".equals(headers.get("rollcall-not-processed"))) {
      failed(new ForwardFailure.NotProcessed("draining"));
      return;
    }
    headSeen = true;
    answered(status, now);
    if (status >= 500) {
      upstream.traffic().failed();
    }
    forwarding.head(this, status, headers, bodiless);
  }

  private void answered(int status, long now) {
    long took = now - (sent == 0 ? opened : sent);
    upstream.traffic().answered(status, took);
    loop.context().witness().answered(upstream, status, took);
  }

  @Override
  public void data(ByteBuf part) {
    if (closed) {
      part.release();
      return;
    }
    lastByte = 0;
    forwarding.answer().data(part, this);
  }

  @Override
  public void end(HttpHeaders trailers) {
    if (!closed) {
      close();
      forwarding.end(this, trailers);
    }
  }

  @Override
  public void upgraded(HttpHeaders headers, RawTunnel to) {
    bytesSeen = true;
    if (closed) {
      to.close();
      return;
    }
    if (!forwarding.asksForTunnel()) {
      to.close();
      failed(new ForwardFailure.Malformed("101 although no upgrade was asked for"));
      return;
    }
    headSeen = true;
    tunnel = true;
    answered(101, System.nanoTime());
    forwarding.upgraded(this, headers, to);
  }

  @Override
  public void readComplete() {
    if (!closed && headSeen) {
      forwarding.answer().flush();
    }
  }

  @Override
  public void writable() {
    if (!closed) {
      forwarding.dispatch().upstreamWritable();
    }
  }

  /** Also from outside: a deadline, or the roll taking the upstream down. */
  @Override
  public void failed(ForwardFailure failure) {
    if (closed) {
      return;
    }
    close();
    upstream.traffic().failed();
    TrafficFault fault = RetryPolicy.fault(failure);
    if (fault != null) {
      loop.context().witness().failed(upstream, fault, failure.detail());
    }
    forwarding.failed(this, failure);
  }

  /** The roll has taken the upstream down: what was not sent yet may move, whatever its method. */
  void takenDown(String reason) {
    failed(
        stream == null
            ? new ForwardFailure.NotProcessed(reason)
            : new ForwardFailure.TakenDown(reason));
  }

  /** Stops or resumes the flow of the response. */
  void readable(boolean wanted) {
    if (stream != null && !closed) {
      lastByte = 0;
      stream.readable(wanted);
    }
  }

  /** Ends the exchange, if it hasn't ended: the upstream hears no more of it. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    upstream.traffic().closed();
    if (stream != null && !tunnel) {
      stream.cancel();
    }
  }

  /**
   * Since when the upstream has owed an answer, 0 when it doesn't. Connecting counts: a cut network
   * hangs there.
   */
  long waitingSince() {
    if (closed || headSeen) {
      return 0;
    }
    return stream == null ? opened : sent;
  }

  /** Ends what has taken too long. */
  void check(long now, Timeouts timeouts, boolean streaming, boolean paused) {
    if (closed || tunnel) {
      return;
    }
    if (headSeen) {
      long limit = (streaming ? timeouts.tunnelIdle() : timeouts.bodyStall()).toNanos();
      lastByte = lastByte == 0 ? now : lastByte;
      if (!paused && now - lastByte > limit) {
        failed(
            new ForwardFailure.Broken(
                "no byte of the body for " + TimeUnit.NANOSECONDS.toSeconds(limit) + " s"));
      }
    } else if (sent != 0) {
      long limit = (streaming ? timeouts.tunnelIdle() : timeouts.response()).toNanos();
      if (now - sent > limit) {
        failed(
            new ForwardFailure.TimedOut(
                "no response for " + TimeUnit.NANOSECONDS.toMillis(limit) + " ms"));
      }
    }
  }
}
