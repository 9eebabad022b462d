package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.DrainStage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DepartureTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Vertx vertx = Vertx.vertx();
  private final Gate gate = new Gate();
  private final InFlight requests = new InFlight();
  private final InFlight streams = new InFlight();
  private final ScriptedLease lease = new ScriptedLease();
  private final List<String> cut = new ArrayList<>();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void keepsAnsweringUntilEveryProxyHasStoppedChoosing() {
    Future<Integer> gone = departure(LONG, LONG).from(lease, true);

    assertThat(gate.state()).isEqualTo(Gate.State.DRAINING);
    lease.reach(DrainStage.STOPPED_CHOOSING);
    assertThat(gate.state()).isEqualTo(Gate.State.SHUT);
    assertThat(gone.isComplete()).isFalse();
    lease.letGo.complete(true);
    assertThat(await(gone)).isZero();
  }

  @Test
  void finishesWhatIsInFlightThoughEveryProxyHasLetGo() {
    InFlight.Flight request = requests.open(() -> {});
    InFlight.Flight stream = streams.open(() -> {});
    Future<Integer> gone = departure(LONG, LONG).from(lease, true);
    lease.letGo.complete(true);

    request.land();
    assertThat(gone.isComplete()).isFalse();
    stream.land();
    assertThat(await(gone)).isZero();
  }

  @Test
  void waitsForTheProxiesThoughNothingIsInFlight() {
    Future<Integer> gone = departure(LONG, SHORT).from(lease, true);
    lease.reach(DrainStage.STOPPED_CHOOSING);
    await(vertx.timer(60));
    assertThat(gone.isComplete()).isFalse();
  }

  @Test
  void cutsStreamsWhenTheirTimeIsOverAndWaitsForRequests() {
    InFlight.Flight request = requests.open(() -> cut.add("request"));
    landWhenCut(streams, "stream");
    Future<Integer> gone = departure(LONG, SHORT).from(lease, true);
    lease.letGo.complete(true);

    await(streams.whenEmpty());
    assertThat(cut).containsExactly("stream");
    assertThat(gone.isComplete()).isFalse();
    request.land();
    assertThat(await(gone)).isZero();
  }

  @Test
  void cutsRequestsWhenTheirTimeIsOverAndSaysHowMany() {
    landWhenCut(requests, "first");
    landWhenCut(requests, "second");
    landWhenCut(streams, "stream");
    Future<Integer> gone = departure(SHORT, LONG).from(lease, true);

    assertThat(await(gone)).isEqualTo(2);
    assertThat(cut).containsExactly("first", "second", "stream");
    assertThat(gate.isShut()).isTrue();
  }

  @Test
  void leavesInTimeThoughAProxyNeverLetsGo() {
    Future<Integer> gone = departure(SHORT, SHORT).from(lease, true);
    assertThat(await(gone)).isZero();
  }

  @Test
  void refusesAtOnceWhenNobodyCanBeTold() {
    InFlight.Flight request = requests.open(() -> {});
    Future<Integer> gone = departure(LONG, LONG).from(null, false);

    assertThat(gate.isShut()).isTrue();
    assertThat(gone.isComplete()).isFalse();
    request.land();
    assertThat(await(gone)).isZero();
  }

  @Test
  void asksToDrainThoughNobodyHearsIt() {
    Future<Integer> gone = departure(LONG, LONG).from(lease, false);

    assertThat(gate.isShut()).isTrue();
    assertThat(lease.reached).isNotNull();
    assertThat(await(gone)).isZero();
  }

  @Test
  void goesOnRefusingForAWhileWhenNobodyCanBeTold() {
    Departure patient =
        new Departure(
            vertx, gate, requests, streams, new DrainOptions(LONG, LONG), LONG, () -> true);
    Future<Integer> gone = onLoop(() -> patient.from(null, false));
    await(vertx.timer(60));
    assertThat(gone.isComplete()).isFalse();
  }

  @Test
  void leavesAtOnceWhenNobodyCanKnowOfIt() {
    Departure unknown =
        new Departure(
            vertx, gate, requests, streams, new DrainOptions(LONG, LONG), LONG, () -> false);

    assertThat(await(onLoop(() -> unknown.from(null, false)))).isZero();
  }

  @Test
  void refusesWhenTheRegistryIsLostOnTheWay() {
    Future<Integer> gone = departure(LONG, LONG).from(lease, true);
    assertThat(gate.isShut()).isFalse();

    lease.letGo.complete(false);
    assertThat(gate.isShut()).isTrue();
    assertThat(await(gone)).isZero();
  }

  private Departure departure(Duration timeout, Duration streamTimeout) {
    return new Departure(
        vertx,
        gate,
        requests,
        streams,
        new DrainOptions(timeout, streamTimeout),
        SHORT,
        () -> true);
  }

  private void landWhenCut(InFlight where, String name) {
    List<InFlight.Flight> self = new ArrayList<>();
    self.add(
        where.open(
            () -> {
              cut.add(name);
              self.get(0).land();
            }));
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    vertx.runOnContext(now -> work.get().onComplete(done));
    return done.future();
  }
}
