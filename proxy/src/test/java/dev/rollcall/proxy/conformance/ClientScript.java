package dev.rollcall.proxy.conformance;

import java.util.function.IntPredicate;

/** A client of some protocol, ready to run against a proxy. */
interface ClientScript {

  /**
   * @param port the proxy's, on loopback
   * @param expected how many answers are expected before the client looks no further
   * @param awaitsClose whether the proxy is expected to close after a last answer of that status
   */
  ClientView run(int port, Signals signals, int expected, IntPredicate awaitsClose)
      throws Exception;
}
