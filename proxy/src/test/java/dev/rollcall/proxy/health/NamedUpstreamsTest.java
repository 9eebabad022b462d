package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedUpstreamsTest extends NamedCase {

  @Test
  void aNameIsNotLookedUpAgainWhileThatGoesOn() throws Exception {
    List<Promise<List<InetAddress>>> asked = new ArrayList<>();
    NamedUpstreams slow =
        new NamedUpstreams(
            List.of(http("web.test")),
            service -> world.options,
            host -> {
              asked.add(Promise.promise());
              return asked.get(asked.size() - 1).future();
            },
            world.health,
            world.roll);
    slow.refresh();
    slow.refresh();
    slow.refresh();
    assertThat(asked).hasSize(1);
    asked.get(0).complete(List.of(InetAddress.getByName("10.0.0.1")));
    assertThat(endpoints()).containsExactly("10.0.0.1:80");
    slow.refresh();
    asked.get(1).fail(new UnknownHostException("web.test"));
    slow.refresh();
    assertThat(asked).hasSize(3);
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
    world.pass(GRACE);

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
    world.options = new HealthDraft().path("/ready").made();

    named(http("web.test")).refresh();

    assertThat(world.upstream("web@10.0.0.1:80").instance().probe())
        .isEqualTo(new ProbeTarget.Http("/ready"));
  }
}
