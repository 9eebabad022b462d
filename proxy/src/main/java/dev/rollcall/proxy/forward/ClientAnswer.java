package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.ClientHead;
import dev.rollcall.proxy.forward.client.ClientResponse;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.Problem;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one client gets for one request: an upstream's response passed on at the client's pace, or
 * an answer of our own. Traffic loop only.
 */
final class ClientAnswer {

  private final InboundRequest request;
  private final RequestHead head;
  private final String requestId;
  private final @Nullable RequestBody body;
  private final ClientResponse response;
  private final Counters counters;
  private final Journal journal;
  private int status;
  private boolean throttled;

  ClientAnswer(
      ForwardContext context,
      InboundRequest request,
      String service,
      RequestHead head,
      String requestId,
      @Nullable RequestBody body,
      Journal journal) {
    this.journal = journal;
    this.request = request;
    this.head = head;
    this.requestId = requestId;
    this.body = body;
    this.response = new ClientResponse(request, context.options().compression(service));
    this.counters = context.counters();
  }

  /** True once a byte of the final answer may have reached the client. */
  boolean begun() {
    return response.begun();
  }

  /** True while the client takes too slowly. */
  boolean isThrottled() {
    return throttled;
  }

  /** 100 and 103 are passed on; others mean nothing to a client that didn't ask for them. */
  void informational(int status, HttpHeaders headers, Upstream from) {
    if (response.begun()) {
      return;
    }
    boolean http10 = request.version() == HttpVersion.HTTP_1_0;
    if (status == 100 && !http10 && head.headers().contains("expect")) {
      request.response().writeContinue();
      if (body != null) {
        body.waitsForContinue(false);
      }
    } else if (status == 103 && !http10) {
      HeadersMultiMap hints = ClientHead.of(headers, from.endpoint(), this::origin, head.prefix());
      hints.remove(HttpHeaderNames.CONTENT_LENGTH);
      if (request.version() == HttpVersion.HTTP_2) {
        hints = lowerCase(hints);
      }
      request.response().writeEarlyHints(hints);
    }
  }

  /**
   * Takes an upstream's head.
   *
   * @param cookie ours to set, or null
   * @param last whether the connection shall end after it
   */
  void head(
      int status,
      HttpHeaders headers,
      boolean bodiless,
      Upstream from,
      @Nullable String cookie,
      boolean last) {
    response.head(status, headers, bodiless, from.endpoint(), this::origin, head.prefix());
    counters.answered(status);
    this.status = status;
    if (cookie != null) {
      request.response().headers().add("set-cookie", cookie);
    }
    if (last) {
      request.response().last();
    }
  }

  /** Passes a part on, and slows the exchange down when the client can't take more. */
  void data(ByteBuf part, Exchange from) {
    response.data(part);
    if (!throttled && response.isFull()) {
      throttled = true;
      from.readable(false);
      response.onDrain(
          () -> {
            if (throttled) {
              throttled = false;
              from.readable(true);
            }
          });
    }
  }

  void flush() {
    response.flush();
  }

  /** The upstream's response is whole; the client may still be sending its request. */
  void end(HttpHeaders trailers) {
    response.complete();
    journal.close(status, response.bytes());
    response.end(trailers);
    if (body != null) {
      // If it is whole, too: the word that it is over may still be held up.
      body.drain();
    }
  }

  /** Answers with a problem of our own, forgetting what an upstream had begun to say. */
  void problem(int status, String title, boolean close) {
    problem(status, title, "", close, null);
  }

  private void problem(
      int status, String title, String detail, boolean close, @Nullable Refusal why) {
    response.discard();
    counters.answered(status);
    journal.close(status, 0, why);
    Problem.answer(request, status, title, detail, requestId, status == 503 ? 1 : 0, close);
    if (body != null) {
      body.drain();
    }
  }

  void refuse(Refusal refusal) {
    counters.refused(refusal);
    problem(refusal.status(), refusal.title(), refusal.detail(), refusal.closes(), refusal);
  }

  /** Forgets a head and parts of which nothing was written. */
  void discard() {
    response.discard();
  }

  /** Cuts off what has begun, visibly; what is whole stays so. */
  void cut() {
    cut(null);
  }

  private void cut(@Nullable Refusal why) {
    if (request.response().ended()) {
      return;
    }
    counters.cutOff();
    journal.close(status, response.bytes(), why);
    response.cut();
  }

  /** A fault of ours: a problem if nothing has been said yet, else what was begun is cut off. */
  void broken() {
    if (!request.response().headWritten()) {
      refuse(Refusal.FAULT);
    } else if (response.begun()) {
      cut(Refusal.FAULT);
    } else {
      // It is a tunnel, or was about to become one.
      journal.close(101, 0, Refusal.FAULT);
      request.response().cut();
    }
  }

  /** The client went away. */
  void abandoned() {
    response.discard();
    journal.close(response.begun() ? status : 0, response.bytes());
  }

  /** A tunnel has taken the place of an answer, and is closed. */
  void tunnelled() {
    journal.close(101, 0);
  }

  /** RFC 9113 §8.2: field names are in lower case there. */
  private static HeadersMultiMap lowerCase(HeadersMultiMap fields) {
    HeadersMultiMap lower = HeadersMultiMap.httpHeaders();
    fields.entries().forEach(f -> lower.add(f.getKey().toLowerCase(Locale.ROOT), f.getValue()));
    return lower;
  }

  private String origin() {
    return (request.isSSL() ? "https://" : "http://") + head.authority();
  }
}
