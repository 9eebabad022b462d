package dev.rollcall.proxy.forward.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is believed when it says for whom it calls. */
class TrustedProxiesTest {

  @Test
  void trustIsByNetwork() {
    TrustedProxies trusted = TrustedProxies.of(List.of("10.0.0.0/8", "::1"));
    assertThat(trusted.contains(new InetSocketAddress("10.1.2.3", 1))).isTrue();
    assertThat(trusted.contains(new InetSocketAddress("::1", 1))).isTrue();
    assertThat(trusted.contains(new InetSocketAddress("11.1.2.3", 1))).isFalse();
    assertThatThrownBy(() -> TrustedProxies.of(List.of("nonsense/8")))
        .hasMessage("nonsense/8 (expected: a network such as 10.0.0.0/8 or fd00::/8)");
  }
}
