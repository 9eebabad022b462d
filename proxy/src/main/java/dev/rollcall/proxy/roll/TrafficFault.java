package dev.rollcall.proxy.roll;

/** How live traffic failed on an upstream. */
public enum TrafficFault {
  /** Nobody listens there. */
  REFUSED,
  /** No route, no such host, or no answer to a connect in time. */
  UNREACHABLE,
  /** A fresh connection died before a response byte. */
  RESET,
  /** The response broke off midway. */
  BROKEN,
  /** Not HTTP, or HTTP that must not be passed on. */
  MALFORMED,
  /** No response head in time. */
  TIMEOUT
}
