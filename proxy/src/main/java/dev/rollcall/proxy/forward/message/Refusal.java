package dev.rollcall.proxy.forward.message;

/**
 * Why we answer a request ourselves instead of forwarding it: the label that counts it, and the
 * answer.
 */
public enum Refusal {
  MALFORMED(400, "Bad Request", "malformed", "the request line or a header field can't be read"),
  VERSION(505, "HTTP Version Not Supported", "version", "expected: HTTP/1.1 or HTTP/1.0"),
  METHOD_TOKEN(400, "Bad Request", "method-token", "the method is not a token"),
  METHOD(405, "Method Not Allowed", "method", "expected: a method that is named in Allow"),
  TARGET(400, "Bad Request", "target", "the request target is not a valid path or URL"),
  TRAVERSAL(400, "Bad Request", "traversal", "the path can be read in two ways"),
  HOST(400, "Bad Request", "host", "expected: one valid Host"),
  FIELD(400, "Bad Request", "field", "a header field is not valid"),
  CONTENT_LENGTH(400, "Bad Request", "content-length", "expected: one Content-Length, in digits"),
  TRANSFER_ENCODING(
      400,
      "Bad Request",
      "transfer-encoding",
      "expected: chunked alone, over HTTP/1.1 and without Content-Length"),
  MALFORMED_BODY(400, "Bad Request", "malformed-body", "the body can't be read"),
  SLOW_HEADER(408, "Request Timeout", "slow-header", "the header did not come in time"),
  SLOW_BODY(408, "Request Timeout", "slow-body", "the body did not come in time"),
  BODY_SIZE(413, "Content Too Large", "body-size", "the body is longer than it may be here"),
  LINE_SIZE(414, "URI Too Long", "line-size", "the request line is longer than it may be here"),
  HEADER_SIZE(
      431,
      "Request Header Fields Too Large",
      "header-size",
      "the header fields are more or longer than they may be here"),
  NO_ROUTE(404, "Not Found", "no-route", "no service is at this host and path"),
  RATE(
      429,
      "Too Many Requests",
      "rate",
      "more requests than a client may send; Retry-After tells when to come again"),
  TUNNELS(503, "Service Unavailable", "tunnels", "more open tunnels than there may be"),
  OVERLOAD(503, "Service Unavailable", "overload", "more requests under way than there may be"),
  NOBODY(503, "Service Unavailable", "nobody", "nobody can take the request at the moment"),
  LOOP(508, "Loop Detected", "loop", "the request has come through here before"),
  FAULT(500, "Internal Server Error", "fault", "this is a fault of the proxy");

  private final int status;
  private final String title;
  private final String label;
  private final String detail;

  Refusal(int status, String title, String label, String detail) {
    this.status = status;
    this.title = title;
    this.label = label;
    this.detail = detail;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** One line for whoever sent the request, in ASCII; nothing of what stands behind us. */
  public String detail() {
    return detail;
  }

  /** Bounded, for metrics. */
  public String label() {
    return label;
  }

  /** True when the client's framing can't be trusted after it: answer, then close. */
  public boolean closes() {
    return status != 404 && status != 405 && status != 429 && status != 503 && status != 508;
  }

  /** Tells whoever takes a body that it is refused midway. */
  public static final class Refused extends RuntimeException {

    private final Refusal refusal;

    public Refused(Refusal refusal) {
      super(refusal.label, null, false, false);
      this.refusal = refusal;
    }

    public Refusal refusal() {
      return refusal;
    }
  }
}
