package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.Refusal;

/**
 * A request that waits before it is known whom it is for. Of its body no more is read than has come
 * already: a read's worth, or a stream's window. Traffic loop only.
 */
final class EarlyRequest {

  private final InboundRequest request;
  private final IncomingBody body;
  private final Engine engine;
  private boolean over;

  private EarlyRequest(InboundRequest request, IncomingBody body, Engine engine) {
    this.request = request;
    this.body = body;
    this.engine = engine;
  }

  /**
   * Begins to wait.
   *
   * @param engine serves it
   * @param now as {@link System#nanoTime}
   */
  static EarlyRequest begin(InboundRequest request, TrafficLoop loop, Engine engine, long now) {
    EarlyRequest early = new EarlyRequest(request, IncomingBody.of(request, loop), engine);
    request.waitsSince(now);
    request.exceptionHandler(early::failed);
    if (early.body.body() != null) {
      early.body.body().hold();
    }
    return early;
  }

  InboundRequest request() {
    return request;
  }

  /** True when it waits no longer. */
  boolean isOver() {
    return over;
  }

  long since() {
    return request.waitsSince();
  }

  /** Serves it once more. */
  void serve() {
    engine.serve(request);
  }

  /** It has found its service, which has its body from here on. */
  IncomingBody handOn() {
    over = true;
    if (body.isUnsure(request) && body.body() != null) {
      // What has come tells whether there is any.
      body.body().collect();
    }
    return body;
  }

  /** It has its answer. */
  void answered() {
    over = true;
    body.drain();
  }

  private void failed(Throwable cause) {
    if (over) {
      return;
    }
    over = true;
    if (body.body() != null) {
      body.body().forget();
    }
    if (cause instanceof Refusal.Refused refused) {
      engine.refuse(request, refused.refusal());
    } else {
      engine.abandoned(request);
    }
  }
}
