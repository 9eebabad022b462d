package dev.rollcall.proxy.forward.message;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * The proxy's own answers: problem details (RFC 9457), or a small page for a browser. They name no
 * upstream.
 */
public final class Problem {

  public static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private Problem() {}

  /**
   * Answers and, when asked to, ends an HTTP/1 connection with it.
   *
   * @param detail one line of ASCII for people, or ""
   * @param retryAfter seconds, or 0 for none
   */
  public static void answer(
      HttpServerRequest request,
      int status,
      String title,
      String detail,
      String requestId,
      int retryAfter,
      boolean close) {
    HttpServerResponse response = request.response();
    response.headers().clear();
    response.setStatusCode(status);
    boolean page = MediaTypes.prefersHtml(request.getHeader("accept"));
    response.putHeader(
        "content-type", page ? "text/html; charset=utf-8" : "application/problem+json");
    response.putHeader("date", HttpDate.now());
    response.putHeader("cache-control", "no-store");
    response.putHeader("x-request-id", requestId);
    if (retryAfter > 0) {
      response.putHeader("retry-after", Integer.toString(retryAfter));
    }
    if (status == 405) {
      response.putHeader("allow", ALLOWED);
    }
    boolean http1 = request.version() != HttpVersion.HTTP_2;
    if (close && http1) {
      response.putHeader("connection", "close");
    }
    String body =
        page ? html(status, title, detail, requestId) : json(status, title, detail, requestId);
    if (request.method().name().equals("HEAD")) {
      response.putHeader("content-length", Integer.toString(body.length()));
      body = "";
    }
    response.end(body);
  }

  public static String json(int status, String title, String detail, String requestId) {
    return "{\"type\":\"about:blank\",\"title\":\""
        + title
        + "\",\"status\":"
        + status
        + (detail.isEmpty() ? "" : ",\"detail\":\"" + detail + "\"")
        + ",\"requestId\":\""
        + requestId
        + "\"}";
  }

  private static String html(int status, String title, String detail, String requestId) {
    return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + "<title>"
        + status
        + " "
        + title
        + "</title>"
        + "<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}</style>"
        + "<h1>"
        + status
        + " "
        + title
        + "</h1>"
        + (detail.isEmpty() ? "" : "<p>" + detail)
        + "<p>Request "
        + requestId
        + "</p></html>";
  }
}
