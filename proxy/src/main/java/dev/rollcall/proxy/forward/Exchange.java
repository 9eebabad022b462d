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
import org.jspecify.annotations.Nullable;

/**
 * One try of one request with one upstream. Opens and closes the upstream's in-flight count exactly
 * once, whatever ends it, and tells the roll what it saw. Traffic loop only.
 */
final class Exchange extends UpstreamEar {

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
  boolean isClosed() {
    return closed;
  }

  @Override
  void onBegin(UpstreamStream to) {
    stream = to;
    forwarding.dispatch().send(to);
  }

  /** The last byte of the request has gone: from now on the upstream owes an answer. */
  void requestSent() {
    sent = System.nanoTime();
  }

  @Override
  void onInformational(int status, HttpHeaders headers) {
    bytesSeen = true;
    forwarding.answer().informational(status, headers, upstream);
  }

  @Override
  void onHead(int status, HttpHeaders headers, boolean bodiless) {
    bytesSeen = true;
    if (status == 503 && "true".equals(headers.get("rollcall-not-processed"))) {
      failed(new ForwardFailure.NotProcessed("draining"));
      return;
    }
    headSeen = true;
    answered(status);
    if (status >= 500) {
      upstream.traffic().failed();
    }
    forwarding.head(this, status, headers, bodiless);
  }

  private void answered(int status) {
    long took = System.nanoTime() - (sent == 0 ? opened : sent);
    upstream.traffic().answered(status, took);
    loop.context().witness().answered(upstream, status, took);
  }

  @Override
  void onData(ByteBuf part) {
    lastByte = 0;
    forwarding.answer().data(part, this);
  }

  @Override
  void onEnd(HttpHeaders trailers) {
    close();
    forwarding.end(this, trailers);
  }

  @Override
  void onUpgraded(HttpHeaders headers, RawTunnel to) {
    bytesSeen = true;
    if (!forwarding.asksForTunnel()) {
      to.close();
      failed(new ForwardFailure.Malformed("101 although no upgrade was asked for"));
      return;
    }
    headSeen = true;
    tunnel = true;
    answered(101);
    forwarding.upgraded(this, headers, to);
  }

  @Override
  void onReadComplete() {
    if (headSeen) {
      forwarding.answer().flush();
    }
  }

  @Override
  void onWritable() {
    forwarding.dispatch().upstreamWritable();
  }

  /** Also for a deadline, or since the roll has taken the upstream down. */
  @Override
  void onFailed(ForwardFailure failure) {
    close();
    upstream.traffic().failed();
    TrafficFault fault = RetryPolicy.fault(failure);
    if (fault != null) {
      loop.context().witness().failed(upstream, fault, failure.detail());
    }
    forwarding.failed(this, failure);
  }

  /** The whole request ends by it, whichever try is its current one. */
  @Override
  void broken(Throwable fault) {
    forwarding.broken(fault);
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
    ForwardFailure late = null;
    if (headSeen) {
      lastByte = lastByte == 0 ? now : lastByte;
      late = paused ? null : Patience.toGoOn(now - lastByte, timeouts, streaming);
    } else if (sent != 0) {
      late = Patience.toAnswer(now - sent, timeouts, streaming);
    }
    if (late != null) {
      failed(late);
    }
  }
}
