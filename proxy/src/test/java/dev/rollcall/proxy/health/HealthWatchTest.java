package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real time, as far as that matters. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HealthWatchTest {

  private final Vertx vertx = Vertx.vertx();
  private final Roll roll = new Roll(RollOptions.DEFAULT, InstantSource.system());
  private final Promise<List<InetAddress>> slow = Promise.promise();
  private final List<InetAddress> here = List.of(InetAddress.getLoopbackAddress());

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  @Test
  void startsWithoutANameThatTakesLongToFind() throws Exception {
    await(onLoop(() -> watch("quick", "slow").start()));

    assertThat(roll.snapshot().service("quick")).isNotNull();
    assertThat(roll.snapshot().service("slow")).isNull();

    await(onLoop(() -> Future.succeededFuture(slow.tryComplete(here))));
    assertThat(roll.snapshot().service("slow")).isNotNull();
  }

  private HealthWatch watch(String... services) {
    return new HealthWatch(
        vertx,
        roll,
        service -> HealthOptions.DEFAULT,
        List.of(services).stream()
            .map(name -> new NamedUpstream(name, new Endpoint(name, 9), Protocol.HTTP))
            .toList(),
        List.of(),
        System::nanoTime,
        name -> name.equals("slow") ? slow.future() : Future.succeededFuture(here));
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    vertx.getOrCreateContext().runOnContext(now -> work.get().onComplete(done));
    return done.future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
