package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Crowd;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pick, of candidates with none to two requests in flight, for one of 4096 clients. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PickBench {

  @Param({
    "round-robin",
    "least-requests",
    "power-of-two",
    "peak-ewma",
    "random",
    "sticky",
    "ip-hash",
    "hash:path"
  })
  String policy;

  @Param({"10", "10000"})
  int instances;

  private final Request[] requests = new Request[4096];
  private SelectionPolicy chooser;
  private Candidates candidates;
  private int next;

  /** What a request tells. */
  private record Request(String clientAddress, String target, @Nullable String cookie)
      implements RequestFacts {

    @Override
    public @Nullable String header(String name) {
      return cookie;
    }
  }

  @Setup
  public void enrol() {
    chooser = new Policies(StickyKey.of(null)).create(policy, "hello");
    candidates = Crowd.candidates(instances);
    Random random = new Random(42);
    for (Upstream upstream : candidates.list()) {
      upstream.traffic().answered(200, 1_000_000 + random.nextInt(5_000_000));
      for (int busy = random.nextInt(3); busy > 0; busy--) {
        upstream.traffic().opened();
      }
    }
    for (int i = 0; i < requests.length; i++) {
      Upstream home = candidates.get(random.nextInt(candidates.size()));
      String cookie = chooser.setCookie(RequestFacts.NONE, home);
      requests[i] =
          new Request(
              "198.51." + i / 250 + "." + i % 250,
              "/things/" + i + "?all",
              cookie == null ? null : cookie.substring(0, cookie.indexOf(';')));
    }
  }

  @Benchmark
  public @Nullable Upstream pick() {
    return chooser.select(candidates, requests[next++ & 4095], Set.of());
  }
}
