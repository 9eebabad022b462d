package dev.rollcall.proxy.roll;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Guards what a change of the roll costs, by the bytes that it allocates: they are the same on a
 * slow, busy machine.
 */
class SnapshotCostTest {

  private static final int CHANGES = 40;

  @Test
  void aChangeAllocatesAFewReferencesForEachUpstreamAndNoMore() {
    long few = bytesOfAChange(500);
    long many = bytesOfAChange(4000);

    assertThat(few).as("bytes of a change among 500").isLessThan(40 * 500);
    assertThat(many).as("bytes of a change among 4000").isLessThan(40 * 4000);
    assertThat(many).as("eight times as many, at most ten times as much").isLessThan(10 * few);
  }

  @Test
  void aBurstCostsAsMuchAsAFewChanges() {
    long now = 0;
    Roll roll = new Roll(RollOptions.DEFAULT, () -> Instant.EPOCH, () -> now);
    List<Upstream> all = enrol(roll, 4000);
    long one = bytesOfAChange(4000);
    long before = allocated();
    for (int i = 0; i < 1000; i++) {
      roll.stand(all.get(i), Availability.SUSPECT, false, "late");
    }
    roll.flush();

    assertThat(allocated() - before).isLessThan(10 * one);
  }

  private static long bytesOfAChange(int upstreams) {
    long[] now = {0};
    Roll roll = new Roll(RollOptions.DEFAULT, () -> Instant.EPOCH, () -> now[0] += 1_000_000_000);
    List<Upstream> all = enrol(roll, upstreams);
    change(roll, all);
    long before = allocated();
    change(roll, all);
    return (allocated() - before) / CHANGES;
  }

  private static void change(Roll roll, List<Upstream> all) {
    for (int i = 0; i < CHANGES / 2; i++) {
      roll.stand(all.get(i), Availability.SUSPECT, false, "late");
      roll.stand(all.get(i), Availability.UP, false, "well");
    }
  }

  private static List<Upstream> enrol(Roll roll, int upstreams) {
    List<Upstream> all = new ArrayList<>();
    for (int i = 0; i < upstreams; i++) {
      Upstream upstream = roll.enrol(TestUpstreams.instance("u%05d".formatted(i), "u" + i));
      roll.stand(upstream, Availability.UP, false, "well");
      all.add(upstream);
    }
    roll.flush();
    return all;
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
