package dev.rollcall.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Elsewhere;
import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Reading;
import dev.rollcall.discovery.settings.Setting;
import dev.rollcall.proxy.forward.client.ConnectionLimit;
import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.rate.RateLimiter;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LiveOptionsTest {

  private static final Program<ForwardOptions> PROGRAM =
      new Program<>("test", "1", "", ForwardOptions::read, Elsewhere.NOTHING);

  private static ForwardOptions options(String... keysAndValues) {
    Map<String, String> environment = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put(Setting.variable(keysAndValues[i]), keysAndValues[i + 1]);
    }
    Reading<ForwardOptions> reading = PROGRAM.read(null, environment);
    assertThat(reading.faults()).isEmpty();
    return Objects.requireNonNull(reading.options());
  }

  @Test
  void whatTheDecoderWasMadeWithStays() {
    LiveOptions live = new LiveOptions(options());

    live.change(
        options("limit.header-size", "1KB", "limit.line-size", "1KB", "limit.header-count", "7"));

    assertThat(live.get().limits().headerSize()).isEqualTo(Limits.DEFAULT.headerSize());
    assertThat(live.get().limits().lineSize()).isEqualTo(Limits.DEFAULT.lineSize());
    assertThat(live.get().limits().headerCount()).isEqualTo(7);
  }

  @Test
  void whoHasUsedUpARateHasNotGotAnotherBecauseSomethingElseChanged() {
    String[] rate = {"limit.rate", "10/s", "http.trusted-proxies", "10.0.0.0/8"};
    LiveOptions live = new LiveOptions(options(rate));
    RateLimiter before = live.rates();

    live.change(options(rate[0], rate[1], rate[2], rate[3], "timeout.response", "1s"));
    assertThat(live.rates()).isNotNull().isSameAs(before);

    live.change(options("limit.rate", "20/s"));
    assertThat(live.rates()).isNotNull().isNotSameAs(before);
    live.change(options());
    assertThat(live.rates()).isNull();
  }

  @Test
  void aTunnelCountsAlsoForALimitThatComesLater() {
    LiveOptions live = new LiveOptions(options());
    TunnelLimit tunnels = new TunnelLimit(live);
    assertThat(tunnels.isNone()).isTrue();
    assertThat(tunnels.enter("web")).isTrue();

    live.change(options("limit.tunnels", "1"));

    assertThat(tunnels.isNone()).isFalse();
    assertThat(tunnels.enter("web")).isFalse();
    tunnels.leave("web");
    assertThat(tunnels.enter("web")).isTrue();
    assertThat(tunnels.open()).isEqualTo(1);
  }

  @Test
  void everyConnectionOfAnAddressCountsForALimitThatComesLater() throws Exception {
    LiveOptions live = new LiveOptions(options());
    ConnectionLimit connections = new ConnectionLimit(() -> live.get().limits());
    InetAddress client = InetAddress.getByName("192.0.2.1");
    assertThat(connections.enter(client)).isTrue();
    assertThat(connections.enter(client)).isTrue();

    live.change(options("limit.connections-per-address", "2"));

    assertThat(connections.enter(client)).isFalse();
    connections.leave(client);
    assertThat(connections.enter(client)).isTrue();
  }
}
