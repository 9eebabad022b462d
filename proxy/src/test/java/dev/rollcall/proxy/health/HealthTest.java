package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.DRAINING;
import static dev.rollcall.proxy.roll.Availability.JOINING;
import static dev.rollcall.proxy.roll.Availability.SUSPECT;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.proxy.roll.TrafficFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final World world = new World();

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void aRegisteredInstanceTakesTrafficAsSoonAsItsProbeIsAnswered() {
    world.register("a");
    assertThat(world.of("a")).isEqualTo(JOINING);
    assertThat(world.candidates()).isEmpty();

    world.pass(ms(50));

    assertThat(world.of("a")).isEqualTo(UP);
    assertThat(world.candidates()).containsExactly("a");
  }

  @Test
  void whoBeatsButNeverAnswersIsSaidToBeUnreachableFromHere() {
    ProbeTarget tcp = new ProbeTarget.Tcp();
    world.register(World.instance("a", tcp), Actor.Manner.REFUSES);
    world.register(World.instance("b", tcp), Actor.Manner.SILENT);
    world.pass(Duration.ofSeconds(20));
    assertThat(reason("a"))
        .isEqualTo("registered, but unreachable from here: probe: connection refused");
    assertThat(reason("b"))
        .isEqualTo("registered, but unreachable from here: probe timed out after 500 ms");

    world.revive("a");
    world.pass(Duration.ofSeconds(2));
    assertThat(world.of("a")).isEqualTo(UP);
    world.kill("a");
    world.failed("a", TrafficFault.REFUSED);
    world.pass(Duration.ofSeconds(2));
    assertThat(reason("a")).doesNotContain("unreachable from here");
  }

  @Test
  void whoAnswersThatItIsNotReadyIsReachable() {
    ProbeTarget http = new ProbeTarget.Http("/ready");
    Actor actor = world.register(World.instance("a", http), Actor.Manner.UNREADY);
    world.pass(Duration.ofSeconds(1));
    actor.manner = Actor.Manner.REFUSES;
    world.pass(Duration.ofSeconds(2));
    assertThat(reason("a")).isEqualTo("probe: connection refused");
  }

  private String reason(String id) {
    return world.upstream(id).standing().reason();
  }

  @Test
  void anInstanceThatCantBeProbedTakesTrafficWhenItRegisters() {
    world.register(World.instance("a", new ProbeTarget.None()));
    assertThat(world.of("a")).isEqualTo(UP);
  }

  @Test
  void anUpstreamOfTheSettingsTakesTrafficAtOnce() {
    world.name("s");
    assertThat(world.candidates()).containsExactly("s");
    assertThat(world.actors.get("s").probes).isZero();
  }

  @Test
  void aRefusedConnectionTakesItOffAtOnceAndProbesBringItBack() {
    world.register("a");
    world.register("b");
    world.pass(ms(100));
    world.kill("a");

    world.failed("a", TrafficFault.REFUSED);
    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(world.candidates()).containsExactly("b");

    world.pass(Duration.ofSeconds(3));
    assertThat(world.of("a")).isEqualTo(DOWN);
    world.revive("a");
    world.pass(ms(700));
    assertThat(world.of("a")).isEqualTo(UP);
  }

  @Test
  void aKilledInstanceIsOutOfTheCandidatesWhenItsConnectionIsLostAndDownWhenItsProbeIsRefused() {
    world.register("a");
    world.register("b");
    world.pass(ms(100));
    world.kill("a");

    world.disconnect("a");
    assertThat(world.of("a")).isEqualTo(SUSPECT);
    assertThat(world.candidates()).containsExactly("b");
    world.pass(ms(25));
    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(world.upstream("a").standing().reason())
        .isEqualTo("its registry connection is lost, probe: connection refused");
  }

  @Test
  void aLostConnectionOfAnInstanceThatAnswersCostsItMillisecondsOnly() {
    world.register("a");
    world.register("b");
    world.pass(ms(100));

    world.disconnect("a");
    world.pass(ms(25));

    assertThat(world.of("a")).isEqualTo(UP);
  }

  @Test
  void drainingTakesNoNewRequestAndLeavingTakesItOffTheRoll() {
    world.register("a");
    world.register("b");
    world.pass(ms(100));

    world.say("a", InstanceState.DRAINING);
    assertThat(world.of("a")).isEqualTo(DRAINING);
    assertThat(world.candidates()).containsExactly("b");

    world.kill("a");
    world.failed("a", TrafficFault.REFUSED);
    assertThat(world.of("a")).as("it has only closed its door").isEqualTo(DRAINING);

    world.say("a", InstanceState.LEFT);
    assertThat(world.upstream("a")).isNull();
    assertThat(world.flipsOf("a")).containsExactly("joining>up", "up>draining", "draining>down");
  }

  @Test
  void aDrainTakenBackIsProbedAndTakesTrafficAgain() {
    world.register("a");
    world.pass(ms(100));
    world.say("a", InstanceState.DRAINING);
    world.pass(ms(100));

    world.say("a", InstanceState.UP);
    world.pass(ms(100));

    assertThat(world.of("a")).isEqualTo(UP);
  }

  @Test
  void somebodyElseAtItsAddressTakesItDown() {
    world.register("a");
    world.register("b");
    world.pass(ms(100));
    world.actors.get("a").manner = Actor.Manner.SOMEBODY_ELSE;

    world.disconnect("a");
    world.pass(ms(50));

    assertThat(world.of("a")).isEqualTo(DOWN);
    assertThat(world.candidates()).containsExactly("b");
  }

  @Test
  void theLongGoneAreForgottenAndKnownAgainByTheirBeat() {
    world.register("a");
    world.register("b");
    world.pass(ms(100));
    world.kill("a");
    world.disconnect("a");

    world.pass(Duration.ofSeconds(70));
    assertThat(world.upstream("a")).isNull();

    world.revive("a");
    world.pass(ms(200));
    assertThat(world.of("a")).isEqualTo(UP);
  }

  @Test
  void whatCantBeBelievedClaimsNoRoute() {
    world.health.hear(new InstanceChange.Rejected("evil", "not signed by who knows the secret"));
    world.pass(ms(100));

    assertThat(world.roll.snapshot().routes().routes()).isEmpty();
    world.register("a");
    assertThat(world.roll.snapshot().routes().routes()).hasSize(1);
  }
}
