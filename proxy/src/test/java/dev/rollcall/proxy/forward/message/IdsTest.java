package dev.rollcall.proxy.forward.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ids that are put on a request. */
class IdsTest {

  @Test
  void traceParentsAreMadeWellFormed() {
    assertThat(Ids.isTraceparent(Ids.traceparent().toString())).isTrue();
    assertThat(Ids.isTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        .isTrue();
    assertThat(Ids.isTraceparent("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01")).isFalse();
    assertThat(Ids.isTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x"))
        .isFalse();
    assertThat(Ids.isTraceparent("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        .isFalse();
    assertThat(Ids.isTraceparent(null)).isFalse();
  }
}
