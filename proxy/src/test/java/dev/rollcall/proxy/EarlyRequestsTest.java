package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.RollView;
import dev.rollcall.proxy.roll.RouteTable;
import dev.rollcall.proxy.roll.Snapshot;
import dev.rollcall.proxy.roll.Transition;
import dev.rollcall.proxy.roll.Unheard;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests to a proxy that has just started and has heard of nobody yet. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EarlyRequestsTest {

  private static final String GET = "GET /shop HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String POST =
      "POST /shop HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nhi";

  /** Empty until the test shows what it has. */
  private static final class NewRoll implements RollView {
    private volatile Snapshot shown = Snapshot.EMPTY;

    @Override
    public Snapshot snapshot() {
      return shown;
    }

    @Override
    public Runnable onTransition(Handler<Transition> handler) {
      return () -> {};
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final NewRoll roll = new NewRoll();
  private Snapshot everybody;
  private EngineScene proxy;

  @BeforeEach
  void start() throws Exception {
    HttpServer upstream =
        vertx.createHttpServer().requestHandler(request -> request.response().end("hello"));
    EngineScene.await(upstream.listen(0, "127.0.0.1"));
    everybody =
        new FixedRoll(Protocol.HTTP, new Endpoint("127.0.0.1", upstream.actualPort())).snapshot();
    open("60s");
  }

  private void open(String hold) throws Exception {
    open(Map.of("timeout.hold", hold));
  }

  private void open(Map<String, String> settings) throws Exception {
    proxy =
        EngineScene.over(
            roll,
            new Unheard(),
            EngineScene.options(settings),
            Listener.plain("127.0.0.1", 0, false));
    proxy.context().arrival().begin();
  }

  @AfterEach
  void stop() throws Exception {
    proxy.stop();
    EngineScene.await(vertx.close());
  }

  @Test
  void waitForTheFirstInstance() throws Exception {
    CompletableFuture<Wire.Answer> answer = ask();
    awaitWaiting();

    roll.shown = everybody;

    assertThat(answer.get().body()).isEqualTo("hello");
  }

  @Test
  void waitForAnInstanceOfAServiceThatIsKnown() throws Exception {
    roll.shown = new Snapshot(Map.of(), everybody.routes());
    CompletableFuture<Wire.Answer> answer = ask();
    awaitWaiting();

    roll.shown = everybody;

    assertThat(answer.get().body()).isEqualTo("hello");
  }

  @Test
  void areToldWhenTheRollIsHeardThatNobodyIsThere() throws Exception {
    CompletableFuture<Wire.Answer> answer = ask();
    awaitWaiting();

    proxy.context().arrival().end();

    assertThat(answer.get().status()).isEqualTo(503);
    assertThat(answer.get().field("Retry-After")).isEqualTo("1");
  }

  @Test
  void areToldWhenTheRollIsHeardThatThereIsNoRoute() throws Exception {
    CompletableFuture<Wire.Answer> answer = ask();
    awaitWaiting();
    roll.shown =
        new Snapshot(
            everybody.services(),
            new RouteTable(List.of(new RouteTable.Route("", "/other", "test"))));

    proxy.context().arrival().end();

    assertThat(answer.get().status()).isEqualTo(404);
  }

  @Test
  void waitNoLongerThanTheirTime() throws Exception {
    proxy.stop();
    open("100ms");
    roll.shown =
        new Snapshot(
            everybody.services(),
            new RouteTable(List.of(new RouteTable.Route("", "/other", "test"))));

    assertThat(ask().get().status()).as("it may be there all the same").isEqualTo(503);
    assertThat(proxy.context().counters().waits()).isEqualTo(1);
  }

  @Test
  void areNoMoreThanMayWait() throws Exception {
    proxy.stop();
    open(Map.of("timeout.hold", "60s", "limit.hold", "1"));
    CompletableFuture<Wire.Answer> first = ask();
    awaitWaiting();

    assertThat(ask().get().status()).isEqualTo(503);

    roll.shown = everybody;
    assertThat(first.get().body()).isEqualTo("hello");
  }

  @Test
  void areAnsweredWhenTheProxyStops() throws Exception {
    CompletableFuture<Wire.Answer> answer = ask();
    awaitWaiting();

    proxy.stop();

    assertThat(answer.get().status()).isEqualTo(503);
    open("60s");
  }

  @Test
  void withABodyAreToldAtOnce() throws Exception {
    try (Wire client = new Wire(proxy.port(0))) {
      assertThat(client.send(POST).status()).isEqualTo(503);
    }
    assertThat(proxy.context().counters().waits()).isZero();
  }

  private CompletableFuture<Wire.Answer> ask() {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Wire client = new Wire(proxy.port(0))) {
            return client.send(GET);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private void awaitWaiting() {
    ForwardContext context = proxy.context();
    while (context.counters().waits() == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
