package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FirstMomentsTest {

  private final Roll roll = new Roll(RollOptions.DEFAULT, InstantSource.system());
  private boolean joined;
  private long now = Long.MAX_VALUE - 1;
  private final FirstMoments moments = new FirstMoments(() -> joined, () -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void hasNotSettledBeforeItHasJoined() {
    pass(Duration.ofMinutes(1));
    assertThat(moments.isSettled()).isFalse();
    joined = true;
    assertThat(moments.isSettled()).isTrue();
  }

  @Test
  void hasNotSettledInItsFirstMomentThoughItHasJoined() {
    joined = true;
    pass(FirstMoments.SETTLED);
    assertThat(moments.isSettled()).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(moments.isSettled()).isTrue();
  }

  @Test
  void whoComesOntoTheRollUnsettlesIt() {
    joined = true;
    moments.watch(roll);
    pass(FirstMoments.SETTLED.multipliedBy(2));
    assertThat(moments.isSettled()).isTrue();

    roll.enrol(
        Instance.named(
            "a",
            "0",
            "hello",
            "a",
            new Endpoint("host", 80),
            Protocol.HTTP,
            new ProbeTarget.None()));
    assertThat(moments.isSettled()).isFalse();
    pass(FirstMoments.SETTLED.plusNanos(1));
    assertThat(moments.isSettled()).isTrue();
  }
}
