package dev.rollcall.discovery.store;

import dev.rollcall.discovery.InstanceChange;
import io.vertx.core.Context;
import io.vertx.core.Handler;

/** One subscription to a {@link Feed}: hears each change on the context of whoever subscribed. */
final class Watcher {

  private final Context context;
  private final Handler<InstanceChange> handler;
  private volatile boolean cancelled;

  Watcher(Context context, Handler<InstanceChange> handler) {
    this.context = context;
    this.handler = handler;
  }

  /** Any thread. */
  void hear(InstanceChange change) {
    context.runOnContext(
        nothing -> {
          if (!cancelled) {
            handler.handle(change);
          }
        });
  }

  /** Hears nothing any more; any thread. */
  void cancel() {
    cancelled = true;
  }
}
