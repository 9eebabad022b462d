package dev.rollcall.proxy.conformance;

import java.util.List;
import java.util.Map;

/** Some reverse proxy; starts as many of it as there are cases at a time. Thread-safe. */
interface ProxyUnderTest extends AutoCloseable {

  /**
   * One proxy in front of one service that has these upstreams, ready when this returns.
   *
   * @param ports of the upstreams, on loopback
   * @param settings by their keys in the settings table; what is not there has its default
   */
  Running start(List<Integer> ports, Map<String, String> settings) throws Exception;

  @Override
  default void close() throws Exception {}

  /** A proxy that takes connections; closing it ends all of its connections. */
  interface Running extends AutoCloseable {

    int port();
  }

  /** This project's proxy, or the command that a system property names. */
  static ProxyUnderTest chosen() {
    String command = System.getProperty("rollcall.conformance.command", "");
    return command.isEmpty() ? new InProcessProxy() : CommandProxy.of(command);
  }
}
