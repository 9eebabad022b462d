package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http.RawTunnel;
import dev.rollcall.proxy.forward.http1.Http1Request;
import dev.rollcall.proxy.forward.message.MediaTypes;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.forward.retry.RetryPolicy;
import dev.rollcall.proxy.forward.upstream.ForwardFailure;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's whole life: from its place among those under way over {@linkplain Dispatch whoever
 * answers it} to the end of its answer. It ends exactly once, and a fault of ours is an end, too:
 * whatever calls from outside comes through here. Traffic loop only.
 */
final class Forwarding {

  private final TrafficLoop loop;
  private final InboundRequest request;
  private final Timeouts timeouts;
  private final RequestHead head;
  private final Dispatch dispatch;
  private final @Nullable RequestBody body;
  private final ClientAnswer answer;
  private final Journal journal;
  private final Place place;

  /** Where it stands in {@link UnderWay}, which alone changes it. */
  int position = UnderWay.NOWHERE;

  private @Nullable Tunnel tunnel;
  private boolean streaming;
  private boolean over;

  Forwarding(
      TrafficLoop loop,
      InboundRequest request,
      String service,
      RequestHead head,
      String requestId,
      @Nullable RequestBody body) {
    this.loop = loop;
    this.request = request;
    this.timeouts = loop.context().options().timeouts(service);
    this.head = head;
    this.dispatch = new Dispatch(loop, this, service, head, body);
    this.place = new Place(loop.context(), service);
    this.body = body;
    this.journal = new Journal(loop, request, requestId, service);
    this.answer =
        new ClientAnswer(loop.context(), request, service, head, requestId, body, journal);
    this.streaming = MediaTypes.isGrpc(head.headers());
  }

  void start() {
    loop.begin(this);
    try {
      begin();
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  private void begin() {
    request.response().exceptionHandler(this::clientFailed);
    if (body != null) {
      request.exceptionHandler(this::clientFailed);
      body.onSent(dispatch::requestSent);
      body.onBroken(this::broken);
      body.waitsForContinue(head.headers().contains(HttpHeaderNames.EXPECT));
      body.hold();
      body.onTooLarge(() -> refuse(Refusal.BODY_SIZE));
    }
    if (over) {
      return;
    }
    Refusal refusal = place.take(asksForTunnel());
    if (refusal == null) {
      dispatch.begin(request.waitsSince());
    } else {
      refuse(refusal);
    }
  }

  boolean asksForTunnel() {
    return head.headers().contains(HttpHeaderNames.UPGRADE);
  }

  /** What the client gets. */
  ClientAnswer answer() {
    return answer;
  }

  void head(Exchange from, int status, HttpHeaders headers, boolean bodiless) {
    Upstream other = dispatch.insteadOf(from, status);
    if (other != null) {
      journal.tried(from, "status " + status);
      answer.discard();
      dispatch.leave(from, other);
      return;
    }
    streaming |= MediaTypes.isEventStream(headers);
    String cookie = dispatch.cookie(from.upstream());
    answer.head(status, headers, bodiless, from.upstream(), cookie, loop.isStopping());
  }

  /** The answer is whole. */
  void end(Exchange from, HttpHeaders trailers) {
    journal.tried(from, FinishedRequest.OK);
    // First: with the end of the answer the next pipelined request begins.
    giveBackPlace();
    answer.end(trailers);
    finish();
  }

  /** The upstream speaks another protocol from here on, as it was asked to. */
  void upgraded(Exchange from, HttpHeaders headers, RawTunnel upstream) {
    place.tunnels();
    tunnel = new Tunnel(upstream, timeouts.tunnelIdle(), () -> tunnelClosed(from));
    tunnel.open((Http1Request) request, headers);
    loop.context().counters().answered(101);
  }

  private void tunnelClosed(Exchange from) {
    if (!over) {
      finish();
      journal.tried(from, FinishedRequest.OK);
      answer.tunnelled();
    }
  }

  /** The exchange has failed and is closed. */
  void failed(Exchange ended, ForwardFailure failure) {
    if (over || !dispatch.isCurrent(ended)) {
      return;
    }
    journal.tried(ended, failure.detail());
    if (answer.begun()) {
      finish();
      answer.cut();
      return;
    }
    answer.discard();
    dispatch.failed(ended, failure);
  }

  /** No upstream has answered, and none will. */
  void giveUp(ForwardFailure failure) {
    int status = RetryPolicy.status(failure);
    finish();
    answer.problem(status, RetryPolicy.title(status), false);
  }

  /**
   * The client's connection or stream has failed: it is gone, or what it sends can't be understood.
   */
  private void clientFailed(Throwable cause) {
    if (cause instanceof Refusal.Refused refused) {
      refuse(refused.refusal());
    } else {
      clientGone();
    }
  }

  /**
   * Answers so if nothing has been answered yet; the upstream sees its request cut without an end.
   */
  void refuse(Refusal refusal) {
    if (over) {
      return;
    }
    if (answer.begun()) {
      clientGone();
      answer.cut();
    } else {
      finish();
      answer.refuse(refusal);
    }
  }

  /**
   * A fault of ours: whoever runs us is told what, the client that it is none of its own. Throws
   * nothing.
   */
  void broken(Throwable fault) {
    loop.faults().tell("a request", fault);
    try {
      finish();
      answer.broken();
    } catch (RuntimeException | Error answering) {
      loop.faults().tell("the answer to a request", answering);
      request.response().cut();
    }
  }

  private void clientGone() {
    if (over) {
      return;
    }
    loop.context().counters().cancelled();
    answer.abandoned();
    finish();
  }

  private void finish() {
    if (!over) {
      over = true;
      giveBackPlace();
      if (body != null) {
        body.forget();
      }
      dispatch.end();
      if (tunnel != null) {
        tunnel.close();
      }
    }
  }

  private void giveBackPlace() {
    loop.end(this);
    place.giveBack();
  }

  /** What the roll's changes are told to. */
  Dispatch dispatch() {
    return dispatch;
  }

  /** Watches the deadlines and collects since when each upstream has owed an answer. */
  void check(long now, Map<Upstream, Long> oldest) {
    try {
      if (tunnel != null) {
        tunnel.check(now);
      } else if (body != null && body.isOverdue(now, timeouts)) {
        refuse(Refusal.SLOW_BODY);
      } else {
        dispatch.check(now, timeouts, streaming, answer.isThrottled(), oldest);
      }
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }
}
