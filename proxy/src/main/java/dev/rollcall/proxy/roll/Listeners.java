package dev.rollcall.proxy.roll;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who hears of transitions, each on the context that it listened from. Any thread may call. */
final class Listeners {

  private final CopyOnWriteArrayList<Listener> all = new CopyOnWriteArrayList<>();

  /**
   * @return stops to tell it; to be run before its context ends
   */
  Runnable add(Handler<Transition> handler) {
    Listener listener = new Listener(Vertx.currentContext(), handler);
    all.add(listener);
    return () -> all.remove(listener);
  }

  void tell(Transition transition) {
    for (Listener listener : all) {
      if (listener.context == null) {
        listener.handler.handle(transition);
      } else {
        listener.context.runOnContext(now -> listener.handler.handle(transition));
      }
    }
  }

  /** Completes when everything told so far has been heard, on the calling thread's context. */
  Future<Void> passed() {
    Context caller = Vertx.currentContext();
    Promise<Void> all = Promise.promise();
    heard()
        .onComplete(
            (nothing, failure) -> {
              if (caller == null) {
                all.complete();
              } else {
                caller.runOnContext(now -> all.complete());
              }
            });
    return all.future();
  }

  private Future<Void> heard() {
    List<Future<Void>> heard = new ArrayList<>();
    for (Listener listener : all) {
      if (listener.context != null) {
        Promise<Void> turn = Promise.promise();
        listener.context.runOnContext(now -> turn.complete());
        heard.add(turn.future());
      }
    }
    return Future.all(heard).mapEmpty();
  }

  /**
   * @param context null: called by the thread that tells
   */
  private record Listener(@Nullable Context context, Handler<Transition> handler) {}
}
