package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.TrailerRules;
import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way: flows to the upstream at the upstream's pace, and keeps its first 64
 * KB so that the request can be sent again while they are all there is. Traffic loop only.
 */
final class RequestBody {

  private final InboundRequest request;
  private final EventLoop loop;
  private final long limit;
  private final Replay replay = new Replay();

  private Runnable onSent = () -> {};
  private Runnable onTooLarge = () -> {};
  private @Nullable Consumer<Throwable> onBroken;
  private boolean waitsForContinue;
  private long lastByte = System.nanoTime();
  private @Nullable UpstreamStream sink;
  private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
  private long kept;
  private boolean ended;
  private boolean paused;
  private boolean drained;

  /**
   * Begins to collect; nothing of the body has come yet.
   *
   * @param limit bytes it may have, or {@link Limits#NONE}
   */
  RequestBody(InboundRequest request, long limit, EventLoop loop) {
    this.limit = limit;
    this.loop = loop;
    this.request = request;
    request.body(this::onData);
    request.endHandler(v -> onEnd());
  }

  /** Runs each time that an upstream has been sent the last byte. */
  void onSent(Runnable handler) {
    this.onSent = handler;
  }

  /**
   * Hears of a fault of ours that a part has led to: it must not get back to the client's
   * connection, which would end with it as if the client had gone.
   */
  void onBroken(Consumer<Throwable> handler) {
    this.onBroken = handler;
  }

  /** Runs when more bytes have come than allowed, at once if they have already. */
  void onTooLarge(Runnable handler) {
    this.onTooLarge = handler;
    if (isTooLarge()) {
      handler.run();
    }
  }

  private boolean isTooLarge() {
    return limit != Limits.NONE && kept > limit;
  }

  /** The client sends nothing before it has seen a 100, which is the upstream's to give. */
  void waitsForContinue(boolean waits) {
    this.waitsForContinue = waits;
    lastByte = System.nanoTime();
  }

  /**
   * True when the client has owed the next byte for too long. One that waits for a 100 has as long
   * as an answer may take besides, but not for ever (RFC 9110 §10.1.1).
   */
  boolean isOverdue(long now, Timeouts timeouts) {
    if (ended || paused || drained) {
      return false;
    }
    long patience = timeouts.requestBodyStall().toNanos();
    if (waitsForContinue) {
      patience += timeouts.response().toNanos();
    }
    return now - lastByte > patience;
  }

  /** How long an upstream has taken nothing of what waits for it, in nanoseconds; 0: it takes. */
  long heldUp(long now) {
    return ended || !paused || sink == null || drained ? 0 : sink.untaken(now);
  }

  /** True when the body has ended and there was none. */
  boolean isAbsent() {
    return ended && kept == 0;
  }

  /** True while everything that came is still kept. */
  boolean isReplayable() {
    return replay.isWhole();
  }

  /** Sends what has come and lets the rest follow. */
  void flowTo(UpstreamStream stream) {
    sink = stream;
    replay.sendTo(stream);
    if (sink != stream) {
      // It has failed meanwhile.
      return;
    }
    if (ended) {
      stream.end(trailers);
      onSent.run();
    } else {
      pace();
      flushSoon(stream);
    }
  }

  /**
   * A head that waits for its 100, or for a slow client, must not wait here; parts of this read may
   * go with it.
   */
  private void flushSoon(UpstreamStream stream) {
    long before = kept;
    loop.execute(
        () -> {
          if (kept == before && stream == sink) {
            stream.flush();
          }
        });
  }

  /** Nobody takes it at the moment. */
  void hold() {
    sink = null;
    pace();
  }

  /** Takes over what has come meanwhile; {@link #hold} is to follow before much more can come. */
  void collect() {
    resume();
  }

  /** Nobody will take it any more: reads on and forgets, so that the connection can go on. */
  void drain() {
    forget();
    resume();
  }

  /** Nobody will take it any more. What still comes is dropped. */
  void forget() {
    sink = null;
    drained = true;
    replay.drop();
  }

  /** Reads as fast as the upstream takes, and no faster. */
  void pace() {
    if (ended) {
      return;
    }
    if (sink == null || !sink.isWritable()) {
      if (!paused) {
        paused = true;
        request.pause();
      }
    } else {
      resume();
    }
  }

  private void resume() {
    if (paused && !ended) {
      paused = false;
      lastByte = System.nanoTime();
      request.resume();
    }
  }

  private void onData(ByteBuf part) {
    try {
      take(part);
    } catch (RuntimeException | Error fault) {
      if (onBroken == null) {
        throw fault;
      }
      onBroken.accept(fault);
    }
  }

  private void onEnd() {
    try {
      end();
    } catch (RuntimeException | Error fault) {
      if (onBroken == null) {
        throw fault;
      }
      onBroken.accept(fault);
    }
  }

  /** Takes over the reference. */
  private void take(ByteBuf part) {
    if (drained) {
      part.release();
      return;
    }
    lastByte = System.nanoTime();
    waitsForContinue = false;
    kept += part.readableBytes();
    if (isTooLarge()) {
      part.release();
      onTooLarge.run();
      return;
    }
    if (sink == null) {
      replay.hold(part);
    } else {
      replay.remember(part);
      sink.data(part);
      pace();
    }
  }

  private void end() {
    ended = true;
    HttpHeaders sent = request.trailers();
    trailers = sent == null ? EmptyHttpHeaders.INSTANCE : TrailerRules.passed(sent);
    if (sink != null) {
      sink.end(trailers);
      onSent.run();
    }
  }
}
