package dev.rollcall.discovery.resolver;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Tier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One instance as this process hears it. Ages are told by our own clock. One thread. */
final class Presence {

  private static final Duration LONGEST_LATE = Duration.ofMillis(2500);

  private Instance instance;
  private @Nullable InstanceOverride wish;
  private long heard;
  private boolean cutOff;
  private boolean vanished;

  Presence(Instance instance, long now) {
    this.instance = instance;
    this.wish = instance.override();
    this.heard = now;
  }

  Instance instance() {
    return instance;
  }

  void says(Instance next, long now) {
    if (!next.epoch().equals(instance.epoch())) {
      heard = now;
      cutOff = false;
    }
    vanished = false;
    instance = next;
    if (next.override() != null) {
      wish = next.override();
    }
  }

  void wished(InstanceOverride override) {
    wish = override;
  }

  void beaten(long now) {
    heard = now;
    cutOff = false;
  }

  /** Its connection is lost. */
  void cutOff() {
    cutOff = true;
  }

  /** Its entry is lost: unless it writes another, nobody hears of it again. */
  void vanished() {
    cutOff = true;
    vanished = true;
  }

  /** It takes requests, for all that is heard of it. */
  boolean takesRequests() {
    boolean drained = wish != null && wish.drain();
    return instance.state() == InstanceState.UP && !drained && weight() > 0;
  }

  int weight() {
    return wish != null && wish.weight() != null ? wish.weight() : instance.weight();
  }

  boolean isBackup() {
    return instance.tier() == Tier.BACKUP;
  }

  /** Nothing speaks against it: no beat is late, no connection lost. */
  boolean isWell(long now) {
    Duration late = instance.heartbeat().multipliedBy(5).dividedBy(2);
    Duration bound = late.compareTo(LONGEST_LATE) < 0 ? LONGEST_LATE : late;
    return !cutOff && now - heard <= bound.toNanos();
  }

  /** It needn't be remembered: should it come back, it is told of as one that is new. */
  boolean isForgotten(long now) {
    return vanished && hasEnded(now);
  }

  /** Its lease has ended, for now: one that was only frozen answers again. */
  boolean hasEnded(long now) {
    return now - heard > instance.lease().toNanos();
  }
}
