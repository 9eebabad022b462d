package dev.rollcall.discovery;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.function.Supplier;

/**
 * The roll of all instances, shared by everyone in the cluster. Implementations: over any Hazelcast
 * instance, member or client, and in memory.
 *
 * <p>Any thread may call. Handlers run on the Vert.x context that was current at {@code watch},
 * never on a thread of the registry's own.
 */
public interface Registry {

  /**
   * Puts an instance on the roll and keeps it there. Returns at once and keeps trying for ever; see
   * {@link Lease#registered()}.
   *
   * @param load asked at each heartbeat, on the calling context; must be quick
   */
  Lease register(Registration registration, Supplier<Load> load);

  /**
   * Calls the handler for everything on the roll now, then for each change, reconciled by a full
   * read every few seconds.
   */
  Subscription watch(Handler<InstanceChange> handler);

  /**
   * Lists a proxy among those that draining instances wait for. {@code address} and {@code version}
   * are for people.
   */
  ProxySeat seat(String proxyId, String address, String version);

  /** Writes the operator's wish for an instance; every watcher hears it. */
  Future<Void> override(String instanceId, InstanceOverride override);

  /**
   * Keeps those on the roll that can't speak to the registry themselves.
   *
   * @param most so many are registered this way at a time, in the whole cluster
   */
  Registrar registrar(int most);

  /**
   * True when silence about this instance may be the registry's fault: a write of our own to the
   * same partition doesn't answer in 500 ms, or did so late in the last 5 s, or a member was lost
   * or merged in the last 90 s, or the registry can't be reached, or came back in the last 5 s.
   * Asks only about instances that are silent, and only while somebody watches. Any thread, at
   * once.
   */
  boolean inDoubt(String instanceId);

  /** Stops watching, beating and listing; leaves the underlying cluster as it is. */
  Future<Void> close();
}
