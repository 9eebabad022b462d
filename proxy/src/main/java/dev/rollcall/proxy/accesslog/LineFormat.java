package dev.rollcall.proxy.accesslog;

import dev.rollcall.proxy.forward.FinishedRequest;
import java.time.ZoneId;

/** How a request becomes a line. Implementations may keep something; one thread. */
interface LineFormat {

  /** Adds the line, without its end. */
  void add(FinishedRequest request, Line line);

  /**
   * @param zone of the times of day that have one
   */
  static LineFormat of(AccessLogFormat format, ZoneId zone) {
    return format == AccessLogFormat.JSON ? new JsonLines() : new CombinedLines(zone);
  }
}
