package dev.rollcall.proxy.roll;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** One flip of one instance, shown at once: the snapshot that it leads to. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SnapshotBench {

  @Param({"10", "100", "1000", "10000"})
  int instances;

  private Roll roll;
  private List<Upstream> all;
  private int next;

  @Setup
  public void enrol() {
    roll = Crowd.roll(instances);
    all = new ArrayList<>(roll.upstreams());
  }

  @Benchmark
  public Snapshot update() {
    Upstream upstream = all.get(next / 2 % instances);
    boolean up = next++ % 2 == 1;
    roll.stand(upstream, up ? Availability.UP : Availability.DOWN, true, "flip");
    roll.flush();
    return roll.snapshot();
  }
}
