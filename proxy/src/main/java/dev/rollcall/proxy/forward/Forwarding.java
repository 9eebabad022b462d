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
import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's whole life: chooses upstreams until one answers, passes the answer on, and ends
 * exactly once. Traffic loop only.
 */
final class Forwarding implements Waiter {

  private final TrafficLoop loop;
  private final InboundRequest request;
  private final String service;
  private final Timeouts timeouts;
  private final RequestHead head;
  private final Tries tries;
  private final @Nullable RequestBody body;
  private final ClientAnswer answer;
  private final Journal journal;
  private final Place place;

  /** Where it stands in {@link UnderWay}, which alone changes it. */
  int position = UnderWay.NOWHERE;

  private @Nullable Exchange exchange;
  private @Nullable Tunnel tunnel;
  private boolean over;
  private boolean waiting;
  private @Nullable Long missing;
  private @Nullable ForwardFailure failure;
  private boolean streaming;

  Forwarding(
      TrafficLoop loop,
      InboundRequest request,
      String service,
      RequestHead head,
      String requestId,
      @Nullable RequestBody body) {
    this.loop = loop;
    this.request = request;
    this.service = service;
    this.timeouts = loop.context().options().timeouts(service);
    this.head = head;
    this.tries = new Tries(loop, service, head, body);
    this.place = new Place(loop.context(), service);
    this.body = body;
    this.journal = new Journal(loop, request, requestId, service);
    this.answer =
        new ClientAnswer(
            request,
            head,
            requestId,
            body,
            loop.context().counters(),
            loop.context().options().compression(service),
            journal);
    this.streaming = MediaTypes.isGrpc(head.headers());
  }

  /** From here on it is under way, until it ends; a fault of ours is an end, too. */
  void start() {
    loop.begin(this);
    try {
      begin();
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void begin() {
    tries.begin();
    request.response().exceptionHandler(this::clientFailed);
    request.response().closeHandler(v -> clientGone());
    if (body != null) {
      request.exceptionHandler(this::clientFailed);
      body.onSent(this::requestSent);
      body.waitsForContinue(head.headers().contains(HttpHeaderNames.EXPECT));
      body.hold();
      body.onTooLarge(() -> refuse(Refusal.BODY_SIZE));
    }
    if (over) {
      return;
    }
    if (!place.take()) {
      refuse(Refusal.OVERLOAD);
    } else if (asksForTunnel() && !place.mayTunnel()) {
      refuse(Refusal.TUNNELS);
    } else if (!tryFirst()) {
      await();
    }
  }

  private void await() {
    waiting = loop.waitingRooms().enter(service, this);
    if (waiting) {
      loop.context().counters().waited();
    } else {
      turnAway();
    }
  }

  private boolean asksForTunnel() {
    return head.headers().contains("upgrade");
  }

  @Override
  public boolean isWaiting() {
    return waiting && !over;
  }

  @Override
  public boolean lacksRoom() {
    return tries.isFull();
  }

  @Override
  public boolean hasFailed() {
    return failure != null;
  }

  @Override
  public long missesSince(long now) {
    if (missing == null) {
      missing = now;
    }
    return missing;
  }

  @Override
  public boolean tryAgain() {
    try {
      return tryFirst();
    } catch (RuntimeException e) {
      broken(e);
      return true;
    }
  }

  private boolean tryFirst() {
    Upstream first = tries.first();
    if (first == null) {
      return false;
    }
    waiting = false;
    if (failure == null) {
      open(first, false);
    } else {
      again(first, false);
    }
    return true;
  }

  @Override
  public void turnAway() {
    if (failure != null) {
      giveUp(failure);
    } else {
      refuse(tries.isFull() ? Refusal.OVERLOAD : Refusal.NOBODY);
    }
  }

  private void open(Upstream upstream, boolean fresh) {
    exchange = new Exchange(this, loop, upstream);
    exchange.open(tries.isIdempotent(), fresh);
  }

  /** A connection stands: sends the request. */
  void send(UpstreamStream stream) {
    try {
      pass(stream);
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void pass(UpstreamStream stream) {
    stream.head(head, body == null);
    if (body == null) {
      requestSent();
    } else {
      body.flowTo(stream);
    }
  }

  private void requestSent() {
    if (exchange != null) {
      exchange.requestSent();
    }
  }

  void upstreamWritable() {
    if (body != null) {
      body.pace();
    }
  }

  void informational(Exchange from, int status, HttpHeaders headers) {
    answer.informational(status, headers, from.upstream());
  }

  void head(Exchange from, int status, HttpHeaders headers, boolean bodiless) {
    Upstream other = tries.insteadOf(from.upstream(), status);
    if (other != null) {
      leave(from, status, other);
      return;
    }
    streaming |= MediaTypes.isEventStream(headers);
    String cookie = tries.cookie(from.upstream());
    answer.head(status, headers, bodiless, from.upstream(), cookie, loop.isStopping());
  }

  /** Leaves an answer for that of another upstream. */
  private void leave(Exchange from, int status, Upstream other) {
    exchange = null;
    from.close();
    journal.tried(from, "status " + status);
    answer.discard();
    again(other, false);
  }

  void data(Exchange from, ByteBuf part) {
    answer.data(part, from);
  }

  void flush() {
    answer.flush();
  }

  void end(Exchange from, HttpHeaders trailers) {
    journal.tried(from, FinishedRequest.OK);
    // First: with the end of the answer the next pipelined request begins.
    giveBackPlace();
    try {
      answer.end(trailers);
      finish();
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  /** The upstream speaks another protocol from here on. */
  void upgraded(Exchange from, HttpHeaders headers, RawTunnel upstream) {
    if (!asksForTunnel()) {
      upstream.close();
      from.failed(new ForwardFailure.Malformed("101 although no upgrade was asked for"));
      return;
    }
    place.tunnels();
    tunnel = new Tunnel(upstream, timeouts.tunnelIdle(), this::tunnelClosed);
    loop.context().counters().answered(101);
    tunnel.open((Http1Request) request, headers);
  }

  private void tunnelClosed() {
    if (exchange != null) {
      journal.tried(exchange, FinishedRequest.OK);
    }
    answer.tunnelled();
    closeExchange();
    finish();
  }

  /** The exchange has failed and is closed. */
  void failed(Exchange ended, ForwardFailure failure) {
    if (over || ended != exchange) {
      return;
    }
    exchange = null;
    try {
      goOn(ended, failure);
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void goOn(Exchange ended, ForwardFailure failure) {
    journal.tried(ended, failure.detail());
    if (answer.begun()) {
      finish();
      answer.cut();
      return;
    }
    answer.discard();
    this.failure = failure;
    Tries.Next next = tries.after(ended, failure);
    if (next != null) {
      again(next.upstream(), next.fresh());
    } else if (tries.isStranded()) {
      await();
    } else {
      giveUp(failure);
    }
  }

  private void again(Upstream upstream, boolean fresh) {
    if (body != null) {
      body.hold();
    }
    loop.context().counters().retried();
    open(upstream, fresh);
  }

  private void giveUp(ForwardFailure failure) {
    int status = RetryPolicy.status(failure);
    finish();
    answer.problem(status, RetryPolicy.title(status), false);
  }

  /**
   * The client's connection or stream has failed: it is gone, or what it sends can't be understood.
   */
  private void clientFailed(Throwable cause) {
    if (over) {
      return;
    }
    if (cause instanceof Refusal.Refused refused) {
      refuse(refused.refusal());
    } else {
      clientGone();
    }
  }

  /**
   * Answers so if nothing has been answered yet; the upstream sees its request cut without an end.
   */
  private void refuse(Refusal refusal) {
    if (over) {
      return;
    }
    if (answer.begun()) {
      clientGone();
      answer.cut();
      return;
    }
    closeExchange();
    finish();
    answer.refuse(refusal);
  }

  /** A fault of ours: whoever runs us is told what, the client that it is none of its own. */
  private void broken(RuntimeException fault) {
    loop.faults().tell("a request", fault);
    if (over || answer.begun()) {
      closeExchange();
      finish();
      answer.cut();
    } else {
      refuse(Refusal.FAULT);
    }
  }

  private void clientGone() {
    if (over) {
      return;
    }
    loop.context().counters().cancelled();
    closeExchange();
    answer.abandoned();
    if (tunnel != null) {
      tunnel.close();
    }
    finish();
  }

  private void closeExchange() {
    Exchange open = exchange;
    exchange = null;
    if (open != null) {
      open.close();
    }
  }

  private void finish() {
    if (!over) {
      over = true;
      exchange = null;
      giveBackPlace();
      if (body != null) {
        body.forget();
      }
    }
  }

  private void giveBackPlace() {
    loop.end(this);
    place.giveBack();
  }

  /** The roll has taken an upstream down: nobody waits out a timeout for it. */
  void takenDown(Upstream upstream, String reason) {
    if (exchange != null && exchange.upstream() == upstream && !exchange.headSeen()) {
      exchange.takenDown(reason);
    }
  }

  /**
   * The roll has ejected an upstream, which fails or answers nobody: what waits there and may move,
   * moves; the others have a chance yet.
   */
  void ejected(Upstream upstream, String reason) {
    if (tries.mayRepeat()) {
      takenDown(upstream, reason);
    }
  }

  /** Watches the deadlines and collects since when each upstream has owed an answer. */
  void check(long now, Map<Upstream, Long> oldest) {
    try {
      watch(now, oldest);
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void watch(long now, Map<Upstream, Long> oldest) {
    if (tunnel != null) {
      tunnel.check(now);
    } else if (body != null && body.owed(now) > timeouts.requestBodyStall().toNanos()) {
      refuse(Refusal.SLOW_BODY);
    } else if (exchange != null) {
      long since = exchange.waitingSince();
      if (since != 0 && !streaming) {
        oldest.merge(exchange.upstream(), since, Math::min);
      }
      exchange.check(now, timeouts, streaming, answer.isThrottled());
    }
  }
}
