package dev.rollcall.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.client.TrustedProxies;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientFactsTest {

  private final HttpHeaders headers = new DefaultHttpHeaders();

  @Test
  void whoConnectedIsTheClient() {
    headers.set("X-Forwarded-For", "192.0.2.7");

    assertThat(facts().clientAddress()).isEqualTo("192.0.2.7");
    assertThat(facts("10.0.0.0/8").clientAddress()).isEqualTo("192.0.2.7");
  }

  @Test
  void trustedProxiesSpeakForTheirClient() {
    headers.set("X-Forwarded-For", "203.0.113.66, 198.51.100.9, 10.2.0.1, 10.1.0.1");

    assertThat(facts("10.0.0.0/8").clientAddress()).isEqualTo("198.51.100.9");
  }

  @Test
  void trustedIpv6ProxiesDoToo() {
    headers.set("X-Forwarded-For", "2001:db8::5,fd00::1");

    assertThat(facts("fd00::/8").clientAddress()).isEqualTo("2001:db8::5");
  }

  @Test
  void stopsAtWhatIsNoAddress() {
    headers.set("X-Forwarded-For", "203.0.113.66, unknown, 10.1.0.1");

    assertThat(facts("10.0.0.0/8").clientAddress()).isEqualTo("unknown");
    headers.set("X-Forwarded-For", "10.3.0.1, 10.1.0.1");
    assertThat(facts("10.0.0.0/8").clientAddress()).isEqualTo("10.3.0.1");
  }

  @Test
  void isSecureWhenTheClientCameByTls() {
    headers.set("X-Forwarded-Proto", "http");
    assertThat(facts().secure()).isFalse();
    headers.set("X-Forwarded-Proto", "https");
    assertThat(facts().secure()).isTrue();
  }

  private ClientFacts facts(String... trusted) {
    RequestHead head = new RequestHead("GET", "/", "example.org", headers);
    return new ClientFacts(
        head, trusted.length == 0 ? TrustedProxies.NOBODY : TrustedProxies.of(List.of(trusted)));
  }
}
