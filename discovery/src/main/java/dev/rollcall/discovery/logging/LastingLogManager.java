package dev.rollcall.discovery.logging;

import java.util.logging.LogManager;

/**
 * The JDK's own log manager takes all handlers away as soon as the JVM is told to stop, while an
 * orderly stop still has things to say; this one leaves them, and reads no file at start.
 *
 * <p>Public, with a public constructor, because the JDK makes it by name.
 */
public final class LastingLogManager extends LogManager {

  public LastingLogManager() {}

  @Override
  public void reset() {}

  @Override
  public void readConfiguration() {}
}
