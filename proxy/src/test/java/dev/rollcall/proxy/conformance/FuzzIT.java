package dev.rollcall.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged requests and damaged answers, decided by a seed: the proxy must not hang, must not leak,
 * must not log a stack trace, must not mix up answers, and the upstream must never see more
 * requests than were sent, nor any that is not exact HTTP.
 *
 * <p>{@code -Drollcall.fuzz.rounds=100000} runs longer; {@code -Drollcall.fuzz.seed=N} begins
 * elsewhere, and with one round repeats what failed.
 */
class FuzzIT {

  private static final int ROUNDS = Integer.getInteger("rollcall.fuzz.rounds", 600);
  private static final long SEED = Long.getLong("rollcall.fuzz.seed", 20_261_122L);
  private static final int AT_A_TIME = 24;
  private static final String SOON = "400ms";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "timeout.response", SOON,
          "timeout.body-stall", SOON,
          "timeout.request-header", SOON,
          "timeout.request-body-stall", SOON,
          "timeout.tunnel-idle", SOON,
          "timeout.idle", SOON,
          "http.h2c", "true");

  @ParameterizedTest(name = "damaged {0}")
  @EnumSource
  void survivesEveryRound(FuzzRound.Damage damage) throws Exception {
    CapturedLog log = new CapturedLog();
    try (WatchedBuffers buffers = new WatchedBuffers();
        FuzzUpstream upstream = new FuzzUpstream();
        InProcessProxy.Started proxy =
            new InProcessProxy().start(List.of(upstream.port()), SETTINGS)) {
      List<FuzzRound> rounds = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        rounds.add(new FuzzRound(SEED + i, damage));
      }
      runAll(rounds, proxy.port());
      soon("requests in flight", () -> proxy.roll().inFlight() == 0);
      soon("requests under way", () -> proxy.context().inFlight().get() == 0);
      soon("exchanges at the upstream", () -> upstream.busy() == 0);
      assertThat(upstream.open()).as("upstream connections").isLessThanOrEqualTo(AT_A_TIME);
      Set<String> marks = rounds.stream().map(FuzzRound::mark).collect(Collectors.toSet());
      assertThat(
              rounds.stream().flatMap(r -> r.verdict(upstream.requests(), marks).stream()).toList())
          .isEmpty();
      assertThat(upstream.violations()).as("not exact HTTP at the upstream").isEmpty();
      buffers.report();
      log.mustBeEmpty();
    } finally {
      log.close();
    }
  }

  private static void runAll(List<FuzzRound> rounds, int port) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (FuzzRound round : rounds) {
        all.add(clients.submit(() -> round.run(port)));
      }
      for (Future<?> one : all) {
        one.get(ROUNDS + 60L, TimeUnit.SECONDS);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static void soon(String what, BooleanSupplier over) throws InterruptedException {
    Signals rhythm = new Signals();
    for (int i = 0; i < 500 && !over.getAsBoolean(); i++) {
      rhythm.pause(10);
    }
    assertThat(over.getAsBoolean()).as("no more " + what).isTrue();
  }
}
