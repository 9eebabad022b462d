package dev.rollcall.discovery.hazelcast;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Endpoint;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.map.IMap;
import dev.rollcall.discovery.store.Reach;
import dev.rollcall.discovery.store.StoreEvent;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Hazelcast instance, member or client: whether it is connected, to whom, and whose connection
 * is lost. Each member hears only of its own clients, but a client connects to every member, so
 * every proxy hears of every loss.
 *
 * <p>Calls back on Hazelcast's threads.
 */
final class HazelcastLink implements MembershipListener, ClientListener {

  /** Who hears what becomes of the connection, on Hazelcast's threads. */
  interface Told {

    /** The cluster can be used (again); {@link #reach} says how we stand to it. */
    void connected(HazelcastLink link);

    /** Other members than before. */
    void changed(HazelcastLink link);

    /** The cluster can't be used. */
    void lost(HazelcastLink link);

    void event(StoreEvent event);
  }

  private final HazelcastInstance hazelcast;
  private final boolean member;
  private final Told told;
  private final ConnectedClients clients;
  private final List<Runnable> detach = new ArrayList<>();
  private volatile boolean open;

  HazelcastLink(HazelcastInstance hazelcast, Told told) {
    this.hazelcast = hazelcast;
    this.member = hazelcast.getLocalEndpoint() instanceof Member;
    this.told = told;
    this.clients = new ConnectedClients(() -> hazelcast.getClientService().getConnectedClients());
  }

  void open() {
    open = true;
    UUID lifecycle = hazelcast.getLifecycleService().addLifecycleListener(this::stateChanged);
    detach.add(() -> hazelcast.getLifecycleService().removeLifecycleListener(lifecycle));
    UUID membership = hazelcast.getCluster().addMembershipListener(this);
    detach.add(() -> hazelcast.getCluster().removeMembershipListener(membership));
    if (member) {
      UUID listener = hazelcast.getClientService().addClientListener(this);
      detach.add(() -> hazelcast.getClientService().removeClientListener(listener));
      clients.begin();
    }
    if (reach() != null) {
      told.connected(this);
    }
  }

  /** Hears nothing any more; the instance stays as it is. */
  void close() {
    open = false;
    for (Runnable each : detach) {
      try {
        each.run();
      } catch (RuntimeException downAlready) {
        // Nothing is left to detach from.
      }
    }
  }

  /** Blocks. */
  IMap<String, Object> map(String name) {
    return hazelcast.getMap(name);
  }

  /** What {@code connected} tells may be over before it was used; asks once more, soon. */
  void retry() {
    CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (open && reach() != null) {
                told.connected(this);
              }
            });
  }

  /** How we stand to the cluster, or null while a client has no connection. */
  @Nullable Reach reach() {
    if (!hazelcast.getLifecycleService().isRunning()) {
      return null;
    }
    Endpoint me = hazelcast.getLocalEndpoint();
    if (!(me.getSocketAddress() instanceof InetSocketAddress address)
        || address.getAddress() == null) {
      return null;
    }
    Set<String> members = new HashSet<>();
    List<String> elsewhere = new ArrayList<>();
    for (Member each : hazelcast.getCluster().getMembers()) {
      members.add(each.getUuid().toString());
      if (isElsewhere(each.getAddress())) {
        elsewhere.add(each.getAddress().getHost() + ":" + each.getAddress().getPort());
      }
    }
    String host = LocalAddresses.text(address.getAddress());
    return new Reach(host, me.getUuid().toString(), members, elsewhere);
  }

  private static boolean isElsewhere(Address address) {
    try {
      return !LocalAddresses.isHere(address.getInetAddress());
    } catch (UnknownHostException unknown) {
      return true;
    }
  }

  private void stateChanged(LifecycleEvent event) {
    switch (event.getState()) {
      case CLIENT_CONNECTED, CLIENT_CHANGED_CLUSTER -> told.connected(this);
      case MERGED -> {
        if (member) {
          clients.begin();
        }
        told.event(new StoreEvent.Shaken());
        told.connected(this);
      }
      case CLIENT_DISCONNECTED, SHUTTING_DOWN, SHUTDOWN -> told.lost(this);
      default -> {}
    }
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    told.changed(this);
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    told.event(new StoreEvent.Shaken());
    // An application that is a member itself goes with its membership.
    told.event(new StoreEvent.ClientGone(Set.of(event.getMember().getUuid().toString())));
    told.changed(this);
  }

  /** Who it is, its registration and its heartbeats will tell. */
  @Override
  public void clientConnected(Client client) {
    clients.connected(client);
  }

  @Override
  public void clientDisconnected(Client client) {
    if (clients.disconnected(client)) {
      Set<String> names = new HashSet<>(client.getLabels());
      names.add(client.getName());
      names.add(client.getUuid().toString());
      told.event(new StoreEvent.ClientGone(names));
    }
  }
}
