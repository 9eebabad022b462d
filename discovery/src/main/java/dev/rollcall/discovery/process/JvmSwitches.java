package dev.rollcall.discovery.process;

import dev.rollcall.discovery.logging.LastingLogManager;
import java.security.Security;

/** What must be told to the JVM before anything else runs: the first line of each main. */
public final class JvmSwitches {

  private JvmSwitches() {}

  public static void set() {
    // The JVM would remember a failed look-up for 10 s and a good one for 30 s; containers come
    // and go, and get other addresses, faster than that. Only these, set before the first look-up,
    // change it.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Security.setProperty("networkaddress.cache.ttl", "1");
    // java.util.logging for everyone, without a look for others on the class path.
    // LastingLogManager
    // counts only before the first logger is made.
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
    System.setProperty("hazelcast.logging.type", "jdk");
    System.setProperty(
        "vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.JULLogDelegateFactory");
  }
}
