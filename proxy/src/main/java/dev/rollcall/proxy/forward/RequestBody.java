package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.message.TrailerRules;
import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way: flows to the upstream at the upstream's pace, and keeps its first 64
 * KB so that the request can be sent again while they are all there is. Traffic loop only.
 */
final class RequestBody {

  private static final int REPLAY = 64 * 1024;

  private final HttpServerRequest request;
  private final Supplier<@Nullable HttpHeaders> trailerSource;
  private final EventLoop loop;
  private final long limit;
  private final List<Buffer> replay = new ArrayList<>(2);

  private Runnable onSent = () -> {};
  private Runnable onTooLarge = () -> {};
  private boolean waitsForContinue;
  private long lastByte = System.nanoTime();
  private @Nullable UpstreamStream sink;
  private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
  private long kept;
  private boolean whole = true;
  private boolean ended;
  private boolean paused;
  private boolean drained;

  /**
   * Begins to collect; nothing of the body has come yet.
   *
   * @param trailers asked once, when the body has ended
   * @param limit bytes it may have, or {@link Limits#NONE}
   */
  RequestBody(
      HttpServerRequest request,
      Supplier<@Nullable HttpHeaders> trailers,
      long limit,
      EventLoop loop) {
    this.limit = limit;
    this.loop = loop;
    this.request = request;
    this.trailerSource = trailers;
    request.handler(this::onData);
    request.endHandler(v -> onEnd());
  }

  /** Runs each time that an upstream has been sent the last byte. */
  void onSent(Runnable handler) {
    this.onSent = handler;
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

  /** How long the client has owed the next byte, in nanoseconds; 0 when it doesn't. */
  long owed(long now) {
    return ended || paused || drained || waitsForContinue ? 0 : now - lastByte;
  }

  /** True when the body has ended and there was none. */
  boolean isAbsent() {
    return ended && kept == 0;
  }

  /** True while everything that came is still kept. */
  boolean isReplayable() {
    return whole;
  }

  boolean isEnded() {
    return ended;
  }

  /** Sends what has come and lets the rest follow. */
  void flowTo(UpstreamStream stream) {
    sink = stream;
    for (Buffer part : replay) {
      stream.data(bytes(part));
    }
    if (!whole) {
      replay.clear();
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

  /** Nobody will take it any more: reads on and forgets, so that the connection can go on. */
  void drain() {
    sink = null;
    whole = false;
    drained = true;
    replay.clear();
    resume();
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

  private void onData(Buffer part) {
    if (drained) {
      return;
    }
    lastByte = System.nanoTime();
    waitsForContinue = false;
    kept += part.length();
    if (isTooLarge()) {
      onTooLarge.run();
      return;
    }
    whole &= kept <= REPLAY;
    if (sink == null) {
      replay.add(part);
      return;
    }
    if (whole) {
      replay.add(part);
    } else {
      replay.clear();
    }
    sink.data(bytes(part));
    pace();
  }

  private void onEnd() {
    ended = true;
    HttpHeaders sent = trailerSource.get();
    trailers = sent == null ? EmptyHttpHeaders.INSTANCE : TrailerRules.passed(sent);
    if (sink != null) {
      sink.end(trailers);
      onSent.run();
    }
  }

  private static ByteBuf bytes(Buffer part) {
    return ((BufferInternal) part).getByteBuf();
  }
}
