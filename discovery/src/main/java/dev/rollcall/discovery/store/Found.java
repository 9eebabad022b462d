package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Beat;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Signature;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an id: what stands in the store, and where that has lost something, what was
 * heard before.
 *
 * @param text the entry as it stands, or null
 * @param entry what is believed of it; null when there is nothing to believe
 * @param outdone true when that is not what stands: watchers have heard something later
 * @param beat the latest of its present start, or null
 * @param wish the operator's, or null
 */
record Found(
    @Nullable String text,
    InstanceJson.@Nullable Read entry,
    boolean outdone,
    @Nullable Beat beat,
    @Nullable InstanceOverride wish) {

  /** Completes on the loop. */
  static Future<Found> read(
      Store store, Loop loop, Signature signature, BelievedRoll roll, String id) {
    Future<@Nullable String> instance = store.get(RollMap.INSTANCES, id);
    Future<@Nullable String> beat = store.get(RollMap.BEATS, id);
    Future<@Nullable String> wish = store.get(RollMap.OVERRIDES, id);
    return loop.here(Future.all(instance, beat, wish))
        .map(
            done -> of(instance.result(), beat.result(), wish.result(), signature, roll.known(id)));
  }

  private static Found of(
      @Nullable String text,
      @Nullable String beat,
      @Nullable String wish,
      Signature signature,
      @Nullable Known known) {
    InstanceJson.Read stands = entry(text, signature);
    String later =
        known != null && (stands == null || known.outdoes(stands.instance())) ? known.text : null;
    InstanceJson.Read entry = later == null ? stands : entry(later, signature);
    Beat heard = known == null ? null : known.beat;
    Beat last = later(entry, beat(beat, signature), heard);
    return new Found(text, entry, later != null, last, wish(wish));
  }

  /**
   * After we have written in the belief of this: what we replaced, if somebody else wrote meanwhile
   * what outdoes ours; else null. Who goes on from there is heard.
   *
   * @param written our text, which stands now
   * @param replaced what stood before it
   */
  @Nullable Found overtaken(
      Instance said, String written, @Nullable String replaced, Signature signature) {
    InstanceJson.Read other =
        replaced == null || replaced.equals(text) ? null : entry(replaced, signature);
    boolean below =
        other != null
            && other.instance().epoch().equals(said.epoch())
            && other.instance().seq() < said.seq();
    return other == null || below
        ? null
        : new Found(written, other, true, later(other, beat, null), wish);
  }

  /** What an entry says, or null when it can't be believed. */
  static @Nullable Instance instance(@Nullable String text, Signature signature) {
    InstanceJson.Read entry = entry(text, signature);
    return entry == null ? null : entry.instance();
  }

  /** The instance that is on the roll, or null: it never was, or it has left. */
  @Nullable Instance standing() {
    return entry == null || entry.instance().state() == InstanceState.LEFT
        ? null
        : entry.instance();
  }

  /** True if this key shows that its holder registered what stands. */
  boolean opens(String key) {
    return entry != null && KeyDigest.opens(key, entry.json());
  }

  /** The fields of the entry that are no part of the instance. */
  JsonObject others() {
    return entry == null ? new JsonObject() : InstanceJson.unknown(entry.json());
  }

  /** The later of the two heartbeats, among those of its present start. */
  private static @Nullable Beat later(
      InstanceJson.@Nullable Read entry, @Nullable Beat one, @Nullable Beat other) {
    String epoch = entry == null ? "" : entry.instance().epoch();
    Beat first = of(epoch, one);
    Beat second = of(epoch, other);
    return first == null || (second != null && second.seq() > first.seq()) ? second : first;
  }

  private static @Nullable Beat of(String epoch, @Nullable Beat beat) {
    return beat != null && beat.epoch().equals(epoch) ? beat : null;
  }

  private static InstanceJson.@Nullable Read entry(@Nullable String text, Signature signature) {
    try {
      return text == null ? null : InstanceJson.read(signature.open(text));
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  private static @Nullable Beat beat(@Nullable String text, Signature signature) {
    try {
      return text == null ? null : BeatJson.read(signature.open(text));
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  private static @Nullable InstanceOverride wish(@Nullable String text) {
    try {
      return text == null ? null : OverrideJson.read(InstanceJson.parse(text));
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }
}
