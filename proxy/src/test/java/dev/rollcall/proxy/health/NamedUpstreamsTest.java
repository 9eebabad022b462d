package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedUpstreamsTest {

  private final World world = new World();
  private final Map<String, List<InetAddress>> names = new HashMap<>();

  private Future<List<InetAddress>> lookUp(String host) {
    List<InetAddress> known = names.get(host);
    return known == null
        ? Future.failedFuture(new UnknownHostException(host))
        : Future.succeededFuture(known);
  }

  private void lead(String host, String... addresses) throws UnknownHostException {
    List<InetAddress> list = new ArrayList<>();
    for (String address : addresses) {
      list.add(InetAddress.getByName(address));
    }
    names.put(host, list);
  }

  private NamedUpstreams named(NamedUpstream... upstreams) {
    return new NamedUpstreams(
        List.of(upstreams), service -> world.options, this::lookUp, world.health, world.roll);
  }

  private static NamedUpstream http(String host) {
    return new NamedUpstream("web", new Endpoint(host, 80), Protocol.HTTP);
  }

  private List<String> endpoints() {
    ServiceRoll web = world.roll.snapshot().service("web");
    return web == null
        ? List.of()
        : web.upstreams().stream().map(u -> u.endpoint().toString()).toList();
  }

  @Test
  void aNameIsAnUpstreamForEachOfItsAddresses() throws Exception {
    lead("web.test", "10.0.0.1", "10.0.0.2");

    named(http("web.test")).refresh();

    assertThat(endpoints()).containsExactly("10.0.0.1:80", "10.0.0.2:80");
    Upstream first = world.roll.snapshot().service("web").upstreams().get(0);
    assertThat(first.availability()).isEqualTo(UP);
    assertThat(first).hasToString("web.test (10.0.0.1:80)");
  }

  @Test
  void aNameIsFollowedAsItsAddressesChange() throws Exception {
    lead("web.test", "10.0.0.1", "10.0.0.2");
    NamedUpstreams named = named(http("web.test"));
    named.refresh();
    Upstream stays = world.upstream("web@10.0.0.2:80");

    lead("web.test", "10.0.0.2", "10.0.0.3");
    named.refresh();

    assertThat(endpoints()).containsExactly("10.0.0.2:80", "10.0.0.3:80");
    assertThat(world.upstream("web@10.0.0.2:80")).isSameAs(stays);
    assertThat(world.flips.stream().filter(f -> f.upstream().id().equals("web@10.0.0.1:80")))
        .last()
        .satisfies(f -> assertThat(f.reason()).isEqualTo("web.test doesn't lead to it any more"));
  }

  @Test
  void aNameThatLeadsNowhereForAWhileLosesNobody() throws Exception {
    lead("web.test", "10.0.0.1");
    NamedUpstreams named = named(http("web.test"));
    named.refresh();

    names.clear();
    named.refresh();

    assertThat(endpoints()).containsExactly("10.0.0.1:80");
  }

  @Test
  void aNameThatLeadsNowhereAtFirstIsFollowedLater() throws Exception {
    NamedUpstreams named = named(http("web.test"));
    assertThat(named.refresh().succeeded()).isTrue();
    assertThat(endpoints()).isEmpty();

    lead("web.test", "10.0.0.1");
    named.refresh();

    assertThat(endpoints()).containsExactly("10.0.0.1:80");
  }

  @Test
  void theOtherFamilyServesWhileTheFirstIsDown() throws Exception {
    lead("localhost.test", "127.0.0.1", "::1");
    NamedUpstreams named = named(http("localhost.test"));
    named.refresh();
    assertThat(endpoints()).containsExactly("127.0.0.1:80");

    world.failed("web@127.0.0.1:80", TrafficFault.REFUSED);
    named.refresh();

    assertThat(endpoints()).containsExactly("127.0.0.1:80", "[0:0:0:0:0:0:0:1]:80");
  }

  @Test
  void aNameUnderTlsKeepsItsName() throws Exception {
    named(new NamedUpstream("web", new Endpoint("web.test", 443), Protocol.HTTPS)).refresh();

    assertThat(endpoints()).containsExactly("web.test:443");
  }

  @Test
  void oneUpstreamServingTwoServicesIsOneOfEach() throws Exception {
    lead("web.test", "10.0.0.1");
    named(http("web.test"), new NamedUpstream("api", new Endpoint("web.test", 80), Protocol.HTTP))
        .refresh();

    assertThat(endpoints()).containsExactly("10.0.0.1:80");
    assertThat(world.roll.snapshot().service("api").upstreams()).hasSize(1);
  }

  @Test
  void theSettingsSayHowItIsChecked() throws Exception {
    lead("web.test", "10.0.0.1");
    world.options =
        new HealthOptions(
            "/ready",
            world.options.interval(),
            world.options.timeout(),
            2,
            2,
            world.options.stall(),
            5,
            world.options.ejectTime(),
            world.options.ejectTimeMax(),
            world.options.slowStart());

    named(http("web.test")).refresh();

    assertThat(world.upstream("web@10.0.0.1:80").instance().probe())
        .isEqualTo(new ProbeTarget.Http("/ready"));
  }
}
