package dev.rollcall.proxy.forward.message;

/**
 * Why we answer a request ourselves instead of forwarding it: the label that counts it, and the
 * answer.
 */
public enum Refusal {
  MALFORMED(400, "Bad Request", "malformed"),
  VERSION(505, "HTTP Version Not Supported", "version"),
  METHOD_TOKEN(400, "Bad Request", "method-token"),
  METHOD(405, "Method Not Allowed", "method"),
  TARGET(400, "Bad Request", "target"),
  TRAVERSAL(400, "Bad Request", "traversal"),
  HOST(400, "Bad Request", "host"),
  FIELD(400, "Bad Request", "field"),
  CONTENT_LENGTH(400, "Bad Request", "content-length"),
  TRANSFER_ENCODING(400, "Bad Request", "transfer-encoding"),
  MALFORMED_BODY(400, "Bad Request", "malformed-body"),
  SLOW_HEADER(408, "Request Timeout", "slow-header"),
  SLOW_BODY(408, "Request Timeout", "slow-body"),
  BODY_SIZE(413, "Content Too Large", "body-size"),
  LINE_SIZE(414, "URI Too Long", "line-size"),
  HEADER_SIZE(431, "Request Header Fields Too Large", "header-size"),
  NO_ROUTE(404, "Not Found", "no-route"),
  RATE(429, "Too Many Requests", "rate"),
  TUNNELS(503, "Service Unavailable", "tunnels"),
  OVERLOAD(503, "Service Unavailable", "overload"),
  NOBODY(503, "Service Unavailable", "nobody"),
  LOOP(508, "Loop Detected", "loop"),
  FAULT(500, "Internal Server Error", "fault");

  private final int status;
  private final String title;
  private final String label;

  Refusal(int status, String title, String label) {
    this.status = status;
    this.title = title;
    this.label = label;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
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
