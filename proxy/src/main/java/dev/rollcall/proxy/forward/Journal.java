package dev.rollcall.proxy.forward;

import dev.rollcall.discovery.logging.OwnFaults;
import dev.rollcall.proxy.forward.FinishedRequest.Try;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the access log will say of one request, if there is one. A log that throws is told
 * of, and keeps nobody from its answer. Traffic loop only.
 */
final class Journal {

  private final RequestLog log;
  private final OwnFaults faults;
  private final InboundRequest request;
  private final String requestId;
  private final String service;
  private final long begun;
  private List<Try> tries = List.of();
  private boolean closed;

  Journal(TrafficLoop loop, InboundRequest request, String requestId, String service) {
    this.log = loop.context().log();
    this.faults = loop.faults();
    this.request = request;
    this.requestId = requestId;
    this.service = service;
    this.begun = log.isOn() ? begun(request) : 0;
  }

  private static long begun(InboundRequest request) {
    return request.waitsSince() == 0 ? System.nanoTime() : request.waitsSince();
  }

  void tried(Exchange exchange, String outcome) {
    if (log.isOn()) {
      if (tries.isEmpty()) {
        tries = new ArrayList<>(2);
      }
      tries.add(
          new Try(
              exchange.upstream().instance().name(),
              System.nanoTime() - exchange.openedAt(),
              outcome));
    }
  }

  /**
   * The request is over; what follows says nothing more.
   *
   * @param status of the answer, or 0: the client was gone before there was one
   */
  void close(int status, long bytes) {
    close(status, bytes, null);
  }

  /**
   * The same of one that the proxy refused, or broke off for a fault of its own.
   *
   * @param why null: it did not
   */
  void close(int status, long bytes, @Nullable Refusal why) {
    if (log.isOn() && !closed) {
      closed = true;
      long nanos = System.nanoTime() - begun;
      int said = status == 0 ? FinishedRequest.CLIENT_GONE : status;
      try {
        String reason = why == null ? null : why.label();
        log.finished(
            FinishedRequest.of(request, said, bytes, nanos, requestId, service, reason, tries));
      } catch (RuntimeException e) {
        faults.tell("a line of the access log", e);
      }
    }
  }
}
