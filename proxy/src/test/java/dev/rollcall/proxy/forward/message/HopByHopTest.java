package dev.rollcall.proxy.forward.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Fields that end at the next hop. */
class HopByHopTest {

  @Test
  void connectionNominatesFieldsButNotCloseAndNotTheUsualOnes() {
    assertThat(HopByHop.nominated(List.of("close, X-A", "Keep-Alive,x-b")))
        .containsExactlyInAnyOrder("x-a", "x-b");
  }
}
