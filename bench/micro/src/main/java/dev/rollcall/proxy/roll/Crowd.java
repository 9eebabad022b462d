package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A roll of many, all of them up. */
public final class Crowd {

  private Crowd() {}

  public static Roll roll(int instances) {
    Roll roll = new Roll(RollOptions.DEFAULT, () -> Instant.EPOCH);
    for (int i = 0; i < instances; i++) {
      roll.stand(roll.enrol(instance(i)), Availability.UP, false, "well");
    }
    roll.flush();
    return roll;
  }

  public static Candidates candidates(int instances) {
    ServiceRoll service = roll(instances).snapshot().service("hello");
    return service == null ? Candidates.NONE : service.candidates();
  }

  static Instance instance(int number) {
    String id = "hello-%06d".formatted(number);
    return new Instance(
        id,
        "epoch-of-" + id,
        1,
        "hello",
        id,
        new Endpoint("10.%d.%d.1".formatted(number >> 8, number & 255), 8080),
        Protocol.HTTP,
        1,
        Tier.PRIMARY,
        "",
        List.of("/"),
        Map.of(),
        InstanceState.UP,
        Duration.ofSeconds(1),
        new ProbeTarget.Http("/health/ready"),
        null);
  }
}
