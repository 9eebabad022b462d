package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.message.HttpDate;
import dev.rollcall.proxy.forward.message.Ids;
import dev.rollcall.proxy.forward.message.Problem;
import dev.rollcall.proxy.forward.message.Refusal;

/** The answer for a request that never became one (RFC 9110 §15.5.9). Traffic loop only. */
final class SlowHeader {

  private SlowHeader() {}

  static void answer(Http1ClientConnection connection) {
    Refusal refusal = Refusal.SLOW_HEADER;
    new Http1Response(connection, false, false, true)
        .setStatusCode(refusal.status())
        .putHeader("content-type", "application/problem+json")
        .putHeader("date", HttpDate.now())
        .end(Problem.json(refusal.status(), refusal.title(), refusal.detail(), Ids.requestId()));
  }
}
