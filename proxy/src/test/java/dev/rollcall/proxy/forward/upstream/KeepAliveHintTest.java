package dev.rollcall.proxy.forward.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long an upstream keeps a connection, by its own word. */
class KeepAliveHintTest {

  @Test
  void keepAliveHintsAreHonouredASecondEarly() {
    assertThat(
            KeepAliveHint.nanos(
                HeadersMultiMap.httpHeaders().add("Keep-Alive", "timeout=5, max=10"), 7))
        .isEqualTo(TimeUnit.SECONDS.toNanos(4));
    assertThat(KeepAliveHint.nanos(HeadersMultiMap.httpHeaders(), 7)).isEqualTo(7);
    assertThat(KeepAliveHint.nanos(HeadersMultiMap.httpHeaders().add("Keep-Alive", "timeout=x"), 7))
        .isZero();
  }
}
