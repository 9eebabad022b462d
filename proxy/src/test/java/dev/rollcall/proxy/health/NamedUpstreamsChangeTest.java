package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.DRAINING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.ServiceRoll;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Other settings, while those of before have requests under way. */
class NamedUpstreamsChangeTest extends NamedCase {

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
        RollOptions.DEFAULT,
        () -> named.replace(same, service -> new HealthDraft().path("/ready").made()));

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
}
