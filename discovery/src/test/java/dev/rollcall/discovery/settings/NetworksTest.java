package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.7, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.8, false",
    "10.0.0.0/31, 10.0.0.2, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe80::1, false",
    "::1, ::1, true",
    "::/0, 10.0.0.1, false",
  })
  void anAddressIsInANetworkOfItsFamily(String cidr, String address, boolean within)
      throws UnknownHostException {
    assertThat(Networks.of(List.of("192.0.2.0/24", cidr)).contains(InetAddress.getByName(address)))
        .isEqualTo(within);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "::/129",
        "10.0.0",
        "localhost"
      })
  void whatIsNoNetworkIsNamed(String text) {
    assertThatThrownBy(() -> Networks.of(List.of(text)))
        .hasMessage(text + " (expected: a network such as 10.0.0.0/8 or fd00::/8)");
  }

  @Test
  void anUnknownAddressIsNowhere() {
    Networks all = Networks.of(List.of("0.0.0.0/0", "::/0"));
    assertThat(all.contains((InetSocketAddress) null)).isFalse();
    assertThat(all.contains(InetSocketAddress.createUnresolved("a.test", 1))).isFalse();
    assertThat(Networks.NONE.contains(new InetSocketAddress("10.0.0.1", 1))).isFalse();
  }
}
