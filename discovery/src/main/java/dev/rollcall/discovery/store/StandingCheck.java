package dev.rollcall.discovery.store;

import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then whether an instance's entry stands as written, what the operator wishes, and
 * at which pace the roll goes; has it written again when one of them is news. One look at a time,
 * and none while a write is on its way. Lives on the loop.
 */
final class StandingCheck {

  /** In a large roll an instance looks once in so many heartbeats. */
  private static final int BEATS_A_LOOK = 3;

  private final Ground ground;
  private final KeptInstance kept;
  private final Standing standing;
  private final long timer;
  private long lookedAt;
  private boolean looking;
  private boolean again;
  private @Nullable String found;
  private long foundAs = -1;

  StandingCheck(Ground ground, KeptInstance kept, Standing standing) {
    this.ground = ground;
    this.kept = kept;
    this.standing = standing;
    this.lookedAt = ground.now() - Duration.ofHours(1).toNanos();
    this.timer = ground.loop().every(ground.pace().verify(), this::inTime);
  }

  /** Looks at once, or as soon as what is under way is done. */
  void now() {
    again = true;
    look();
  }

  /** What was under way is done. */
  void again() {
    if (again) {
      look();
    }
  }

  void stop() {
    again = false;
    ground.loop().cancel(timer);
  }

  private void inTime() {
    Duration pause = kept.cadence().least().multipliedBy(BEATS_A_LOOK);
    if (ground.now() - lookedAt >= pause.toNanos()) {
      look();
    }
  }

  private void look() {
    if (looking || !standing.isSettled() || ground.store().reach() == null) {
      return;
    }
    lookedAt = ground.now();
    if (standing.isOld()) {
      standing.write();
      return;
    }
    looking = true;
    again = false;
    Store store = ground.store();
    Future<@Nullable String> entry = store.get(RollMap.INSTANCES, kept.id());
    Future<@Nullable String> wish = store.get(RollMap.OVERRIDES, kept.id());
    Future<@Nullable String> pace = store.get(RollMap.PACE, Conductor.KEY);
    ground
        .loop()
        .here(Future.join(entry, wish, pace))
        .onComplete(
            done -> {
              looking = false;
              if (done.succeeded() && standing.isSettled()) {
                seen(entry.result(), wish.result(), Cadence.read(pace.result()));
              }
              again();
            });
  }

  private void seen(@Nullable String entry, @Nullable String wish, Cadence cadence) {
    boolean obeyed = wish != null && obey(wish);
    boolean other = entry == null || isOther(entry);
    boolean paced = kept.follow(cadence);
    if (obeyed || other || paced) {
      standing.write();
    }
  }

  /**
   * What was found well and stands unchanged isn't read again: a tenth of what an idle one does.
   */
  private boolean isOther(String entry) {
    if (entry.equals(found) && kept.seq() == foundAs) {
      return false;
    }
    try {
      boolean other = kept.differs(InstanceJson.read(ground.signature().open(entry)));
      found = other ? null : entry;
      foundAs = kept.seq();
      return other;
    } catch (IllegalArgumentException notOurs) {
      return true;
    }
  }

  private boolean obey(String wish) {
    try {
      return kept.override(OverrideJson.read(InstanceJson.parse(wish)));
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }
}
