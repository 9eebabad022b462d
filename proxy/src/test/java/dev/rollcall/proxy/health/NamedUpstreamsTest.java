package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.DRAINING;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedUpstreamsTest {

  private static final Duration GRACE = Duration.ofMillis(300);

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
    world.options = checkedBy("/ready");

    named(http("web.test")).refresh();

    assertThat(world.upstream("web@10.0.0.1:80").instance().probe())
        .isEqualTo(new ProbeTarget.Http("/ready"));
  }

  @Test
  void whoIsTakenOutOfTheSettingsFinishesWhatItHas() throws Exception {
    lead("old.test", "10.0.0.1");
    lead("new.test", "10.0.0.2");
    NamedUpstreams named = named(http("old.test"));
    named.refresh();
    Upstream old = world.upstream("web@10.0.0.1:80");
    old.traffic().opened();

    replace(named, http("new.test"));

    assertThat(old.availability()).isEqualTo(DRAINING);
    assertThat(candidates()).containsExactly("web@10.0.0.2:80");
    world.pass(Duration.ofSeconds(1));
    assertThat(endpoints()).containsExactly("10.0.0.1:80", "10.0.0.2:80");
    old.traffic().closed();
    world.pass(GRACE);
    assertThat(endpoints()).containsExactly("10.0.0.2:80");
  }

  @Test
  void whoComesBackIntoTheSettingsGoesOnWithItsCounts() throws Exception {
    lead("web.test", "10.0.0.1");
    NamedUpstreams named = named(http("web.test"));
    named.refresh();
    Upstream known = world.upstream("web@10.0.0.1:80");
    world.actors.put(known.id(), new Actor(known.instance()));
    known.traffic().opened();

    replace(named);
    replace(named, http("web.test"));
    world.pass(Duration.ofMillis(50));

    assertThat(world.upstream("web@10.0.0.1:80")).isSameAs(known);
    assertThat(candidates()).containsExactly("web@10.0.0.1:80");
    assertThat(known.traffic().inFlight()).isEqualTo(1);
  }

  @Test
  void whoIsNamedTwiceStaysWhileOneNameDoes() throws Exception {
    lead("one.test", "10.0.0.1");
    lead("two.test", "10.0.0.1");
    NamedUpstreams named = named(http("one.test"), http("two.test"));
    named.refresh();

    replace(named, http("two.test"));
    world.pass(GRACE);

    assertThat(candidates()).containsExactly("web@10.0.0.1:80");
  }

  @Test
  void aLookUpThatComesTooLateBringsNobodyBack() throws Exception {
    lead("web.test", "10.0.0.1");
    Promise<List<InetAddress>> late = Promise.promise();
    NamedUpstreams named =
        new NamedUpstreams(
            List.of(http("web.test")),
            service -> world.options,
            host -> late.future(),
            world.health,
            world.roll);
    named.refresh();

    replace(named);
    late.complete(List.of(InetAddress.getByName("10.0.0.1")));

    assertThat(endpoints()).isEmpty();
  }

  @Test
  void newSettingsSayHowThoseThatStayAreJudged() throws Exception {
    lead("web.test", "10.0.0.1");
    NamedUpstreams named = named(http("web.test"));
    named.refresh();

    NamedUpstreams.Ready same = named.prepare(List.of(http("web.test"))).result();
    world.roll.change(
        RollOptions.DEFAULT, () -> named.replace(same, service -> checkedBy("/ready")));

    assertThat(world.upstream("web@10.0.0.1:80").instance().probe())
        .isEqualTo(new ProbeTarget.Http("/ready"));
  }

  private void replace(NamedUpstreams named, NamedUpstream... next) {
    NamedUpstreams.Ready ready = named.prepare(List.of(next)).result();
    world.roll.change(RollOptions.DEFAULT, () -> named.replace(ready, service -> world.options));
  }

  private List<String> candidates() {
    ServiceRoll web = world.roll.snapshot().service("web");
    return web.candidates().list().stream().map(Upstream::id).toList();
  }

  private HealthOptions checkedBy(String path) {
    return new HealthOptions(
        path,
        world.options.interval(),
        world.options.timeout(),
        2,
        2,
        world.options.stall(),
        5,
        world.options.ejectTime(),
        world.options.ejectTimeMax(),
        world.options.slowStart(),
        false);
  }
}
