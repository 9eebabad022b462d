package dev.rollcall.proxy.forward;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the access log says of one request.
 *
 * @param at when its answer ended, in milliseconds since 1970
 * @param client address without port
 * @param method as sent
 * @param target path and query, as sent
 * @param protocol for example {@code HTTP/1.1}
 * @param status of the answer; 499 when the client was gone before there was one
 * @param bytes of the answer's body
 * @param nanos from the request's head to the end of its answer
 * @param requestId the one that upstreams and problem answers carry
 * @param service whom it was for, empty when no route was found
 * @param reason why the proxy refused it, as metrics call it; null: it did not
 * @param referer as sent, or null
 * @param userAgent as sent, or null
 * @param tries each upstream that was asked, in order
 */
public record FinishedRequest(
    long at,
    String client,
    String method,
    String target,
    String protocol,
    int status,
    long bytes,
    long nanos,
    String requestId,
    String service,
    @Nullable String reason,
    @Nullable String referer,
    @Nullable String userAgent,
    List<Try> tries) {

  /** The outcome of a try whose answer came whole. */
  public static final String OK = "ok";

  /** The client went away before there was an answer. */
  public static final int CLIENT_GONE = 499;

  /**
   * One exchange with one upstream.
   *
   * @param instance its name
   * @param nanos how long it lasted
   * @param outcome {@code ok}, or why it failed, for people
   */
  public record Try(String instance, long nanos, String outcome) {}

  /** True when an operator would want to know: 5xx, a client that went away, a try that failed. */
  public boolean hasFailed() {
    return status >= 500 || status == CLIENT_GONE || hasFailedTry();
  }

  private boolean hasFailedTry() {
    for (int i = 0; i < tries.size(); i++) {
      if (!tries.get(i).outcome().equals(OK)) {
        return true;
      }
    }
    return false;
  }

  static FinishedRequest of(
      HttpServerRequest request,
      int status,
      long bytes,
      long nanos,
      String requestId,
      String service,
      @Nullable String reason,
      List<Try> tries) {
    String client = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    return new FinishedRequest(
        System.currentTimeMillis(),
        client == null ? "-" : client,
        request.method().name(),
        String.valueOf(request.uri()),
        protocol(request.version()),
        status,
        bytes,
        nanos,
        requestId,
        service,
        reason,
        request.getHeader(HttpHeaders.REFERER),
        request.getHeader(HttpHeaders.USER_AGENT),
        List.copyOf(tries));
  }

  private static String protocol(@Nullable HttpVersion version) {
    if (version == HttpVersion.HTTP_2) {
      return "HTTP/2.0";
    }
    return version == HttpVersion.HTTP_1_0 ? "HTTP/1.0" : "HTTP/1.1";
  }
}
