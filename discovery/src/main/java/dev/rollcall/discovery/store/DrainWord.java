package dev.rollcall.discovery.store;

import dev.rollcall.discovery.DrainStage;
import org.jspecify.annotations.Nullable;

/** A proxy's word on a draining instance: its key and its two values. */
final class DrainWord {

  private static final String STOPPED_CHOOSING = "stopped-choosing";
  private static final String EMPTY = "empty";

  private DrainWord() {}

  static String key(String instanceId, String epoch, String proxyId) {
    return instanceId + "/" + epoch + "/" + proxyId;
  }

  static String text(DrainStage stage) {
    return stage == DrainStage.EMPTY ? EMPTY : STOPPED_CHOOSING;
  }

  static @Nullable DrainStage read(@Nullable String text) {
    return EMPTY.equals(text)
        ? DrainStage.EMPTY
        : STOPPED_CHOOSING.equals(text) ? DrainStage.STOPPED_CHOOSING : null;
  }
}
