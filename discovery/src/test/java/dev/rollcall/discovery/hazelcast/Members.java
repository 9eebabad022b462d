package dev.rollcall.discovery.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Signature;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Members on loopback, in a cluster that no other test meets. */
final class Members implements AutoCloseable {

  // Held here, because java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

  private final List<Integer> ports;
  private final Cluster cluster;
  private final List<HazelcastInstance> started = new ArrayList<>();

  Members(int places, Signature signature) {
    HAZELCAST.setLevel(Level.SEVERE);
    this.ports = freePorts(places);
    this.cluster =
        new Cluster(
            "test-" + UUID.randomUUID(),
            ports.stream().map(port -> new Endpoint("127.0.0.1", port)).toList(),
            signature);
  }

  Cluster cluster() {
    return cluster;
  }

  HazelcastInstance start(int place) {
    return start(place, cluster);
  }

  HazelcastInstance start(int place, Cluster as) {
    return start(place, as, null);
  }

  HazelcastInstance start(int place, Cluster as, @Nullable Endpoint publicAddress) {
    Config config =
        TunedMember.tune(
            new Config(), as, new MemberPlace("127.0.0.1", ports.get(place), publicAddress));
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    started.add(member);
    return member;
  }

  int port(int place) {
    return ports.get(place);
  }

  HazelcastInstance started(int nth) {
    return started.get(nth);
  }

  /** As kill -9 does: without a farewell. */
  static void kill(HazelcastInstance member) {
    member.getLifecycleService().terminate();
  }

  @Override
  public void close() {
    started.forEach(member -> member.getLifecycleService().terminate());
  }

  /** Below those that the system gives to clients, so that none is taken before it is used. */
  static List<Integer> freePorts(int count) {
    return ThreadLocalRandom.current()
        .ints(20_000, 32_000)
        .distinct()
        .filter(Members::isFree)
        .limit(count)
        .boxed()
        .toList();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
