package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rollcall.proxy.roll.Candidates;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {

  private static final int PICKS = 20_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "round-robin",
        "least-requests",
        "power-of-two",
        "peak-ewma",
        "random",
        "ip-hash",
        "hash:header:x-key",
        "hash:query:key",
        "hash:path"
      })
  void aPickAllocatesNothingHoweverManyThereAre(String setting) {
    assertAllocatesNothing(setting, 8);
    assertAllocatesNothing(setting, 1000);
  }

  private static void assertAllocatesNothing(String setting, int upstreams) {
    SelectionPolicy policy = new Policies(StickyKey.of(null)).create(setting, "hello");
    Candidates candidates = candidates(upstreams(upstreams));
    Facts request = Facts.target("/some/path?a=b&key=value");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    pick(policy, candidates, request);

    long before = threads.getCurrentThreadAllocatedBytes();
    pick(policy, candidates, request);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).as("bytes over %d picks of %d", PICKS, upstreams).isLessThan(PICKS);
  }

  private static void pick(SelectionPolicy policy, Candidates candidates, Facts request) {
    for (int i = 0; i < PICKS; i++) {
      policy.select(candidates, request, Set.of());
    }
  }
}
