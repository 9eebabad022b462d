package dev.rollcall.proxy.forward.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {

  @Test
  void anIpv6ClientIsItsNetwork() {
    assertThat(ClientAddress.network("2001:db8:1:2:aaaa::1"))
        .isEqualTo(ClientAddress.network("2001:db8:1:2:bbbb::9"))
        .isNotEqualTo(ClientAddress.network("2001:db8:1:3::1"));
  }

  @Test
  void anIpv4ClientIsItsAddress() {
    assertThat(ClientAddress.network("192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(ClientAddress.network("unknown")).isEqualTo("unknown");
  }
}
