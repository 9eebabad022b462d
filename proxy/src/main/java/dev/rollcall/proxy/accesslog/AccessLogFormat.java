package dev.rollcall.proxy.accesslog;

/** How a line for each request looks, if there is one. */
public enum AccessLogFormat {
  /** No access log. */
  OFF,
  /** The "combined" format that NCSA httpd began and every log reader knows. */
  COMBINED,
  /** One JSON object a line. */
  JSON
}
