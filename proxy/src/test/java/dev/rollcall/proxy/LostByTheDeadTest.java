package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.TrafficWitness;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are lost with their upstream's process, before the roll has heard of its end. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LostByTheDeadTest {

  private static final Map<String, String> NO_BUDGET =
      Map.of("retry.budget", "0", "retry.budget-min", "0", "timeout.hold", "60s");
  private static final Map<String, String> ONE_MORE =
      Map.of("retry.tries", "1", "timeout.hold", "60s");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile Consumer<Upstream> atALoss = upstream -> {};
  private @Nullable FixedRoll roll;
  private @Nullable EngineScene proxy;

  @AfterEach
  void stop() throws Exception {
    if (proxy != null) {
      proxy.stop();
    }
    EngineScene.await(vertx.close());
  }

  /** Takes a request, and closes the connection without a word. */
  private Endpoint loser() throws Exception {
    NetServer upstream =
        vertx.createNetServer().connectHandler(s -> s.handler(request -> s.close()));
    return at(EngineScene.await(upstream.listen(0, "127.0.0.1")).actualPort());
  }

  private Endpoint sound() throws Exception {
    return at(
        EngineScene.await(
                vertx
                    .createHttpServer()
                    .requestHandler(request -> request.response().end("hello"))
                    .listen(0, "127.0.0.1"))
            .actualPort());
  }

  private static Endpoint at(int port) {
    return new Endpoint("127.0.0.1", port);
  }

  private FixedRoll open(Map<String, String> settings, Endpoint... upstreams) throws Exception {
    FixedRoll made = new FixedRoll(Protocol.HTTP, upstreams);
    roll = made;
    proxy =
        EngineScene.over(
            made,
            new Losses(),
            EngineScene.options(settings),
            Listener.plain("127.0.0.1", 0, false));
    return made;
  }

  private Future<Integer> get() {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(proxy().port(0)));
    return client
        .request(HttpMethod.GET, "/")
        .compose(request -> request.send())
        .map(HttpClientResponse::statusCode);
  }

  private EngineScene proxy() {
    assertThat(proxy).isNotNull();
    return proxy;
  }

  private void dies(Upstream upstream) {
    assertThat(roll).isNotNull();
    roll.turn(upstream, Availability.DOWN, "killed");
  }

  @Test
  void moveAlthoughNoTryIsLeftInTheBudget() throws Exception {
    FixedRoll two = open(NO_BUDGET, loser(), sound());
    two.turn(two.upstreams().get(1), Availability.DOWN, "not yet");
    atALoss =
        dead -> {
          two.turn(two.upstreams().get(1), Availability.UP, "there");
          dies(dead);
        };

    assertThat(EngineScene.await(get())).isEqualTo(200);
    assertThat(lost).hasValue(1);
  }

  @Test
  void areToldWhenWhoLostThemLives() throws Exception {
    FixedRoll two = open(NO_BUDGET, loser(), sound());
    two.turn(two.upstreams().get(1), Availability.DOWN, "not yet");
    atALoss = alive -> two.turn(two.upstreams().get(1), Availability.UP, "there");

    assertThat(EngineScene.await(get())).isEqualTo(502);
    assertThat(lost).hasValue(1);
  }

  @Test
  void waitForTheNextWhenAllHaveDiedOneAfterTheOther() throws Exception {
    FixedRoll three = open(ONE_MORE, loser(), loser(), sound());
    Upstream next = three.upstreams().get(2);
    three.turn(next, Availability.DOWN, "not yet");
    atALoss = this::dies;

    Future<Integer> answer = get();
    while (proxy().context().counters().waits() == 0 && !answer.isComplete()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(lost).hasValue(2);
    three.turn(next, Availability.UP, "there");

    assertThat(EngineScene.await(answer)).isEqualTo(200);
  }

  @Test
  void killNoMoreThanTheyMayTry() throws Exception {
    open(ONE_MORE, loser(), loser(), loser());
    atALoss = this::dies;

    assertThat(EngineScene.await(get())).isEqualTo(502);
    assertThat(lost).hasValue(2);
  }

  @Test
  void killOnlyOneMoreThanTheyMayTryWhenAllHaveDied() throws Exception {
    FixedRoll three = open(ONE_MORE, loser(), loser(), loser());
    Upstream restarted = three.upstreams().get(2);
    three.turn(restarted, Availability.DOWN, "not yet");
    atALoss = this::dies;

    Future<Integer> answer = get();
    while (proxy().context().counters().waits() == 0 && !answer.isComplete()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    three.turn(restarted, Availability.UP, "there");

    assertThat(EngineScene.await(answer)).isEqualTo(502);
    assertThat(lost).hasValue(3);
  }

  /** Called before the next try is chosen. */
  private final class Losses implements TrafficWitness {

    @Override
    public void answered(Upstream upstream, int status, long nanos) {}

    @Override
    public void failed(Upstream upstream, TrafficFault fault, String detail) {
      lost.incrementAndGet();
      atALoss.accept(upstream);
    }

    @Override
    public void waiting(Upstream upstream, int loop, long oldestNanos) {}
  }
}
