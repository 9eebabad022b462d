package dev.rollcall.discovery;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Keeps instances on the roll that can't speak to the registry themselves, at their word: each
 * {@link #renew} is one heartbeat. It keeps nothing of its own, so whoever has a registrar over the
 * same roll may serve the next renewal; when one process dies, nobody's lease does.
 *
 * <p>An id belongs to who came with it first, and shows that by a key of its own; the registry
 * holds no more than its digest. When the lease has ended, the id is free for others.
 *
 * <p>Any thread may call; futures fail, soon, while the registry can't be reached.
 */
public interface Registrar {

  /** What came of it. */
  sealed interface Outcome {
    /** A new start of the instance stands on the roll. */
    record Registered(Instance instance) implements Outcome {}

    /** It stood there already, and was heard again. */
    record Renewed(Instance instance) implements Outcome {}

    /**
     * It is off the roll.
     *
     * @param letGo every proxy has let go of it: nothing that was sent to it is unanswered
     */
    record Left(boolean letGo) implements Outcome {}

    /** The id belongs to somebody else; its lease lasts this long without a renewal. */
    record Taken(Duration lease) implements Outcome {}

    /** It is just leaving, and can't be renewed any more. */
    record Leaving() implements Outcome {}

    /** Nobody is on the roll under this id. */
    record Unknown() implements Outcome {}

    /** No more can be registered this way. */
    record Full(int most) implements Outcome {}

    /** It can't be registered so; one clear line. */
    record Refused(String why) implements Outcome {}
  }

  /**
   * The id, in every map, of what is registered here: no instance that registers itself ever has
   * one with a tilde.
   *
   * @param service letters, digits, dots, dashes and underscores
   * @param name the same; unique within its service
   */
  static String id(String service, String name) {
    return service + "~" + name;
  }

  /**
   * Registers, or answers the roll call for it.
   *
   * @param id made by {@link #id}
   * @param key shows that the caller is who came first; hard to guess
   * @param registration all of it, each time; with a host. What has changed is written
   * @return {@code Registered}, {@code Renewed}, {@code Taken}, {@code Leaving}, {@code Full} or
   *     {@code Refused}
   */
  Future<Outcome> renew(String id, String key, Registration registration, Load load);

  /**
   * Drains it, then takes it off the roll; its heartbeats are kept up meanwhile.
   *
   * @param limit how long requests under way may take; then it leaves all the same
   * @return {@code Left}, {@code Taken} or {@code Unknown}
   */
  Future<Outcome> leave(String id, String key, Duration limit);
}
