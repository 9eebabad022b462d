package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.Ids;
import dev.rollcall.proxy.forward.message.Problem;
import dev.rollcall.proxy.forward.message.Refusal;
import org.jspecify.annotations.Nullable;

/** What requests are answered that come to no upstream. Traffic loop only. */
final class OwnAnswers {

  private final TrafficLoop loop;

  OwnAnswers(TrafficLoop loop) {
    this.loop = loop;
  }

  /** Answers a request that was refused before it had an id. */
  void refuse(InboundRequest request, Refusal refusal) {
    refuse(request, refusal, Ids.requestId());
  }

  void refuse(InboundRequest request, Refusal refusal, String requestId) {
    refuse(request, refusal, requestId, refusal.status() == 503 ? 1 : 0);
  }

  /**
   * @param retryAfter seconds, or 0 for none
   */
  void refuse(InboundRequest request, Refusal refusal, String requestId, int retryAfter) {
    loop.context().counters().refused(refusal);
    count(request, refusal.status(), requestId, refusal);
    Problem.answer(
        request,
        refusal.status(),
        refusal.title(),
        refusal.detail(),
        requestId,
        retryAfter,
        refusal.closes());
  }

  /**
   * @param host whom the client called, or ""
   */
  void redirect(InboundRequest request, HttpsRedirect redirect, String host, String requestId) {
    if (host.isEmpty()) {
      // An HTTP/1.0 client that has named nobody can't be told whom to call.
      refuse(request, Refusal.HOST, requestId);
      return;
    }
    count(request, 308, requestId, null);
    HttpsRedirect.answer(request, redirect.location(host, request.uri()), requestId);
  }

  /** The client went away before there was an answer. */
  void abandoned(InboundRequest request) {
    loop.context().counters().cancelled();
    new Journal(loop, request, Ids.requestId(), "").close(0, 0);
  }

  private void count(InboundRequest request, int status, String requestId, @Nullable Refusal why) {
    loop.context().counters().answered(status);
    new Journal(loop, request, requestId, "").close(status, 0, why);
  }

  /** A fault of ours: whoever runs us is told what, the client that it is none of its own. */
  void broken(InboundRequest request, Throwable fault) {
    loop.faults().tell("a request", fault);
    if (!request.response().headWritten()) {
      refuse(request, Refusal.FAULT);
    } else if (!request.response().ended()) {
      request.response().cut();
    }
  }
}
