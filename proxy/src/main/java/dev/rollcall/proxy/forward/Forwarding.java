package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.balance.RequestFacts;
import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's whole life: chooses upstreams until one answers, passes the answer on, and ends
 * exactly once. Traffic loop only.
 */
final class Forwarding implements RequestFacts {

  private final TrafficLoop loop;
  private final HttpServerRequest request;
  private final String service;
  private final Timeouts timeouts;
  private final RequestHead head;
  private final String requestId;
  private final @Nullable RequestBody body;
  private final @Nullable ClientConnection edge;
  private final ClientResponse response;
  private final boolean idempotent;

  private Set<Upstream> tried = Set.of();
  private @Nullable Exchange exchange;
  private @Nullable Tunnel tunnel;
  private int retries;
  private boolean over;
  private boolean throttled;
  private boolean streaming;

  Forwarding(
      TrafficLoop loop,
      HttpServerRequest request,
      String service,
      RequestHead head,
      String requestId,
      @Nullable RequestBody body,
      @Nullable ClientConnection edge) {
    this.loop = loop;
    this.request = request;
    this.service = service;
    this.timeouts = loop.context().options().timeouts(service);
    this.head = head;
    this.requestId = requestId;
    this.edge = edge;
    this.response = new ClientResponse(request);
    this.idempotent = RetryPolicy.isIdempotent(head.method());
    this.streaming = MediaTypes.isGrpc(head.headers());
    this.body = body;
  }

  void start() {
    loop.begin(this);
    loop.budget().deposit();
    request.response().exceptionHandler(this::clientFailed);
    request.response().closeHandler(v -> clientGone());
    if (body != null) {
      request.exceptionHandler(this::clientFailed);
      body.onSent(this::requestSent);
      body.hold();
    }
    Upstream first = choose();
    if (first == null) {
      refuse(Refusal.NOBODY);
    } else {
      open(first, false);
    }
  }

  private @Nullable Upstream choose() {
    ServiceRoll now = loop.context().roll().snapshot().service(service);
    if (now == null || now.candidates().isEmpty()) {
      return null;
    }
    SelectionPolicy policy = loop.context().policies().apply(service);
    return policy.select(now.candidates(), this, tried);
  }

  private void open(Upstream upstream, boolean fresh) {
    exchange = new Exchange(this, loop, upstream);
    exchange.open(idempotent, fresh);
  }

  /** A connection stands: sends the request. */
  void send(UpstreamStream stream) {
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

  /** 100 and 103 are passed on; others mean nothing to a client that didn't ask for them. */
  void informational(int status, HttpHeaders headers) {
    if (over || response.begun()) {
      return;
    }
    if (status == 100 && head.headers().contains("expect")) {
      request.response().writeContinue();
    } else if (status == 103 && request.version() != HttpVersion.HTTP_1_0) {
      HeadersMultiMap hints = HeadersMultiMap.httpHeaders();
      if (exchange != null) {
        ClientHead.copy(headers, hints, exchange.upstream().endpoint(), origin());
      }
      request.response().writeEarlyHints(hints);
    }
  }

  void head(int status, HttpHeaders headers, boolean bodiless) {
    if (exchange != null) {
      streaming |= MediaTypes.isEventStream(headers);
      response.head(status, headers, bodiless, exchange.upstream().endpoint(), origin());
      setCookie(exchange.upstream());
      loop.context().counters().answered(status);
      if (loop.isStopping() && edge != null) {
        request.response().putHeader("connection", "close");
      }
    }
  }

  private void setCookie(Upstream chosen) {
    String cookie = loop.context().policies().apply(service).setCookie(this, chosen);
    if (cookie != null) {
      request.response().headers().add("set-cookie", cookie);
    }
  }

  void data(ByteBuf part) {
    response.data(part);
    if (!throttled && exchange != null && response.isFull()) {
      throttled = true;
      exchange.readable(false);
      response.onDrain(this::clientDrained);
    }
  }

  private void clientDrained() {
    if (throttled && exchange != null) {
      throttled = false;
      exchange.readable(true);
    }
  }

  void flush() {
    response.flush();
  }

  void end(HttpHeaders trailers) {
    boolean early = body != null && !body.isEnded();
    if (early && !response.begun() && edge != null) {
      request.response().putHeader("connection", "close");
    }
    var written = response.end(trailers);
    finish();
    if (early && body != null) {
      body.drain();
      if (edge != null) {
        edge.linger();
        written.onComplete(done -> request.connection().close());
      }
    }
  }

  /** The upstream speaks another protocol from here on. */
  void upgraded(HttpHeaders headers, UpstreamTunnel upstream) {
    if (exchange == null || !head.headers().contains("upgrade")) {
      upstream.close();
      if (exchange != null) {
        exchange.failed(new ForwardFailure.Malformed("101 although no upgrade was asked for"));
      }
      return;
    }
    tunnel = new Tunnel(upstream, timeouts.tunnelIdle(), this::tunnelClosed);
    loop.context().counters().answered(101);
    tunnel.open(request, headers, edge);
  }

  private void tunnelClosed() {
    if (exchange != null) {
      exchange.close();
    }
    finish();
  }

  /** The exchange has failed and is closed. */
  void failed(Exchange ended, ForwardFailure failure) {
    if (over || ended != exchange) {
      return;
    }
    exchange = null;
    if (response.begun()) {
      loop.context().counters().cutOff();
      response.cut();
      finish();
      return;
    }
    response.discard();
    tried = plus(ended.upstream());
    boolean repeatable = body == null || body.isReplayable();
    switch (RetryPolicy.verdict(failure, idempotent, repeatable, ended.bytesSeen(), retries)) {
      case MOVE -> again(failure, null);
      case RETRY -> {
        if (loop.budget().withdraw(System.nanoTime())) {
          retries++;
          again(failure, ended.upstream());
        } else {
          giveUp(failure);
        }
      }
      case GIVE_UP -> giveUp(failure);
    }
  }

  /**
   * Tries another upstream.
   *
   * @param otherwise the one to try once more over a fresh connection when there is no other
   */
  private void again(ForwardFailure failure, @Nullable Upstream otherwise) {
    if (body != null) {
      body.hold();
    }
    Upstream other = choose();
    Upstream next = other == null && retries == 1 ? otherwise : other;
    if (next == null) {
      giveUp(failure);
      return;
    }
    loop.context().counters().retried();
    open(next, other == null);
  }

  private void giveUp(ForwardFailure failure) {
    int status = RetryPolicy.status(failure);
    String title =
        switch (status) {
          case 504 -> "Gateway Timeout";
          case 503 -> "Service Unavailable";
          default -> "Bad Gateway";
        };
    answer(status, title, status == 503 ? 1 : 0, false);
  }

  private void refuse(Refusal refusal) {
    loop.context().counters().refused(refusal);
    answer(refusal.status(), refusal.title(), refusal.status() == 503 ? 1 : 0, refusal.closes());
  }

  private void answer(int status, String title, int retryAfter, boolean close) {
    loop.context().counters().answered(status);
    boolean early = body != null && !body.isEnded();
    if (early && edge != null) {
      edge.linger();
    }
    finish();
    Problem.answer(request, status, title, requestId, retryAfter, close || early);
    if (body != null) {
      body.drain();
    }
  }

  /**
   * The client's connection or stream has failed: it is gone, or what it sends can't be understood.
   */
  private void clientFailed(Throwable cause) {
    if (over) {
      return;
    }
    if (cause instanceof Refusal.Refused refused && !response.begun()) {
      closeExchange();
      response.discard();
      refuse(refused.refusal());
    } else {
      clientGone();
    }
  }

  private void clientGone() {
    if (over) {
      return;
    }
    loop.context().counters().cancelled();
    closeExchange();
    response.discard();
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
      loop.end(this);
      if (edge != null) {
        edge.answered();
      }
    }
  }

  /** The roll has taken an upstream down: nobody waits out a timeout for it. */
  void takenDown(Upstream upstream, String reason) {
    if (exchange != null && exchange.upstream() == upstream && !exchange.headSeen()) {
      exchange.failed(new ForwardFailure.TakenDown(reason));
    }
  }

  /** Watches the deadlines and collects since when each upstream has owed an answer. */
  void check(long now, Map<Upstream, Long> oldest) {
    if (tunnel != null) {
      tunnel.check(now);
    } else if (exchange != null) {
      long since = exchange.waitingSince();
      if (since != 0 && !streaming) {
        oldest.merge(exchange.upstream(), since, Math::min);
      }
      exchange.check(now, timeouts, streaming, throttled);
    }
  }

  private Set<Upstream> plus(Upstream upstream) {
    Set<Upstream> more = tried.isEmpty() ? new HashSet<>(4) : tried;
    more.add(upstream);
    return more;
  }

  private String origin() {
    return (request.isSSL() ? "https://" : "http://") + head.authority();
  }

  @Override
  public String clientAddress() {
    String address = request.remoteAddress().hostAddress();
    return address == null ? "" : address;
  }

  @Override
  public String target() {
    return head.target();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }
}
