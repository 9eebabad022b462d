package dev.rollcall.upstream;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Registration;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A lease whose proxies say what a test wants them to say. */
final class ScriptedLease implements Lease {

  final Promise<Boolean> letGo = Promise.promise();
  @Nullable Handler<DrainStage> reached;

  void reach(DrainStage stage) {
    if (reached == null) {
      throw new AssertionError("nobody asked to drain");
    }
    reached.handle(stage);
  }

  @Override
  public Future<Boolean> drain(Duration limit, Handler<DrainStage> stages) {
    reached = stages;
    return letGo.future();
  }

  @Override
  public String id() {
    return "scripted";
  }

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public Future<Instance> registered() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Instance> update(UnaryOperator<Registration> change) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Instance> resume() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> leave(Duration limit) {
    throw new UnsupportedOperationException();
  }
}
