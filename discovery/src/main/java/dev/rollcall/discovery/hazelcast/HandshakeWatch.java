package dev.rollcall.discovery.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.nio.ConnectionType;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.tcp.TcpServerConnection;
import dev.rollcall.discovery.logging.OwnFaults;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a member's connections on which the other side never says who it is. Hazelcast (5.3.8) waits
 * for ever, and a frozen member's kernel accepts what is dialed to it: a member that starts would
 * ask it for five minutes who the master is and then give up, and one that runs spins, a whole core
 * in {@code NioOutboundPipeline}, while a frame waits for the handshake. Strangers who connect to
 * the cluster's port and keep silent go, too.
 *
 * <p>To be put into a member's configuration; it then lives as long as the member, on a thread of
 * its own, which never blocks.
 */
final class HandshakeWatch implements LifecycleListener, HazelcastInstanceAware {

  private static final long PERIOD_MILLIS = 500;

  /** A member that runs answers within milliseconds, and is dialed again anyway. */
  private static final Duration DIALED = Duration.ofSeconds(2);

  /** Clients of a machine that is busy starting many of them take their time. */
  private static final Duration ACCEPTED = Duration.ofSeconds(10);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(HandshakeWatch::daemon);

  private final OwnFaults faults = new OwnFaults();
  private final LongSupplier clock;
  private Map<ServerConnection, Long> unknownSince = new IdentityHashMap<>();
  private volatile @Nullable Node node;

  HandshakeWatch() {
    this(System::nanoTime);
  }

  /**
   * @param clock monotonic nanoseconds
   */
  HandshakeWatch(LongSupplier clock) {
    this.clock = clock;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "rollcall-handshakes");
    thread.setDaemon(true);
    return thread;
  }

  /** Called before the member joins. */
  @Override
  public void setHazelcastInstance(HazelcastInstance member) {
    node = ((HazelcastInstanceImpl) member).node;
    // What was thrown would end it for good, without a word.
    thread.scheduleWithFixedDelay(
        () -> faults.contain("a look at handshakes", () -> check(clock.getAsLong())),
        PERIOD_MILLIS,
        PERIOD_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleEvent.LifecycleState.SHUTDOWN) {
      thread.shutdownNow();
    }
  }

  private void check(long now) {
    Node member = node;
    if (member == null || !member.isRunning()) {
      return;
    }
    Map<ServerConnection, Long> unknown = new IdentityHashMap<>();
    for (ServerConnection connection : member.getServer().getConnections()) {
      if (connection.isAlive() && connection.getConnectionType().equals(ConnectionType.NONE)) {
        long since = unknownSince.getOrDefault(connection, now);
        unknown.put(connection, since);
        if (now - since > patience(connection).toNanos()) {
          end(member, connection);
        }
      }
    }
    unknownSince = unknown;
  }

  private static void end(Node member, ServerConnection connection) {
    if (isDialed(connection) && !member.getClusterService().isJoined()) {
      // Or the join would dial it again, and wait again. Whoever calls from there is heard.
      member.getJoiner().blacklist(connection.getRemoteAddress(), false);
    }
    connection.close("the other side never said who it is", null);
  }

  private static Duration patience(ServerConnection connection) {
    return isDialed(connection) ? DIALED : ACCEPTED;
  }

  private static boolean isDialed(ServerConnection connection) {
    return connection instanceof TcpServerConnection tcp
        && !tcp.isAcceptorSide()
        && tcp.getRemoteAddress() != null;
  }
}
