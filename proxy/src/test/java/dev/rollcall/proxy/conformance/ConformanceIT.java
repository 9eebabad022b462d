package dev.rollcall.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every row of the {@link Cases}, several at a time, and prints what passed and what did not.
 *
 * <p>{@code -Drollcall.conformance.only=smuggling} runs the rows whose name has that in it, {@code
 * -Drollcall.conformance.times=100} each of them so often, which finds races; {@link CommandProxy}
 * says how to run the table against another proxy.
 */
class ConformanceIT {

  private static final int AT_A_TIME = 12;
  private static final int TIMES = Integer.getInteger("rollcall.conformance.times", 1);
  private static final Map<Case, Future<Verdict>> VERDICTS = new LinkedHashMap<>();
  private static final ExecutorService WORKERS = Executors.newFixedThreadPool(AT_A_TIME);
  private static final CapturedLog LOG = new CapturedLog();
  private static final WatchedBuffers BUFFERS = new WatchedBuffers();
  private static ProxyUnderTest proxies;

  @BeforeAll
  static void startAll() {
    String only = System.getProperty("rollcall.conformance.only", "");
    proxies = ProxyUnderTest.chosen();
    CaseRunner runner = new CaseRunner(proxies);
    List<Case> rows = Cases.all().stream().filter(row -> row.name().contains(only)).toList();
    for (int time = 1; time <= TIMES; time++) {
      for (Case each : rows) {
        Case row = time == 1 ? each : each.named(each.name() + "#" + time);
        VERDICTS.put(row, WORKERS.submit(() -> runner.run(row)));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCase() {
    Stream<DynamicTest> cases =
        VERDICTS.entrySet().stream()
            .map(
                entry ->
                    DynamicTest.dynamicTest(
                        entry.getKey().name(), () -> mustPass(entry.getValue().get())));
    return Stream.concat(
        cases, Stream.of(DynamicTest.dynamicTest("log/not one line", ConformanceIT::noNews)));
  }

  private static void noNews() throws Exception {
    BUFFERS.report();
    LOG.mustBeEmpty();
  }

  @AfterAll
  static void printList() throws Exception {
    WORKERS.shutdown();
    LOG.close();
    BUFFERS.close();
    proxies.close();
    int passed = 0;
    for (Future<Verdict> future : VERDICTS.values()) {
      Verdict verdict = future.get();
      System.out.println(verdict.line());
      passed += verdict.passed() ? 1 : 0;
    }
    System.out.println("conformance: " + passed + " of " + VERDICTS.size() + " cases pass");
  }

  private static void mustPass(Verdict verdict) {
    assertThat(verdict.reasons())
        .as(verdict.row().name() + " (" + verdict.row().reference() + ")" + verdict.transcript())
        .isEmpty();
  }
}
