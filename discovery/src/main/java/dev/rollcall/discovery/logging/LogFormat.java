package dev.rollcall.discovery.logging;

import java.time.ZoneId;
import java.util.logging.Formatter;

/** How a log line looks. */
public enum LogFormat {
  /** {@code 12:01:33.123 info upstream hello-2 (10.0.0.4:8080) up}. */
  TEXT,
  /** One JSON object a line, times in UTC. */
  JSON;

  Formatter formatter(boolean traces) {
    return this == TEXT ? new TextLine(ZoneId.systemDefault(), traces) : new JsonLine(traces);
  }
}
