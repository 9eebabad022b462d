package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.InstanceChange.Beaten;
import dev.rollcall.discovery.InstanceChange.Disconnected;
import dev.rollcall.discovery.InstanceChange.Vanished;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.Watched;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes that are killed or stopped by signals. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ProcessFaultsIT {

  private final Processes processes = new Processes();
  private Vertx vertx;
  private Members members;
  private HazelcastInstance member;
  private Registry registry;
  private Watched watched;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    members = new Members(3, Signature.NONE);
    member = members.start(0);
    registry = HazelcastRegistry.over(vertx, member, Signature.NONE);
    watched = new Watched();
    registry.watch(watched);
  }

  @AfterEach
  void close() {
    processes.close();
    Await.result(registry.close());
    members.close();
    Await.result(vertx.close());
  }

  @Test
  void aKilledInstanceIsHeardOfByItsConnection() throws Exception {
    Processes.Running instance = processes.instance(members.cluster(), "hello-1");
    String id = instance.said();
    watched.awaitsBeat(id, beat -> true);
    long killed = System.nanoTime();
    instance.signal("KILL");
    watched.awaits(Disconnected.class, d -> d.id().equals(id));
    say("an instance's kill -9 was heard of after %d ms", killed);
    assertThat(registry.inDoubt(id)).isFalse();
  }

  @Test
  void aStoppedInstanceIsSilentWithoutDoubtAndComesBack() throws Exception {
    Processes.Running stopped = processes.instance(members.cluster(), "hello-1");
    Processes.Running beside = processes.instance(members.cluster(), "hello-2");
    watched.awaitsBeat(stopped.said(), beat -> true);
    watched.awaitsBeat(beside.said(), beat -> true);
    stopped.signal("STOP");
    long before = beats(beside.said());
    Await.until("the other beats on", () -> beats(beside.said()) > before + 6);
    long silent = beats(stopped.said());
    Await.until("and on", () -> beats(beside.said()) > before + 8);
    assertThat(beats(stopped.said())).isEqualTo(silent);
    assertThat(registry.inDoubt(stopped.said())).isFalse();
    long continued = System.nanoTime();
    stopped.signal("CONT");
    Await.until("it beats again", () -> beats(stopped.said()) > silent);
    say("a stopped instance beat again %d ms after it went on", continued);
    assertThat(watched.all(Vanished.class)).isEmpty();
  }

  @Test
  void aStoppedMemberRaisesDoubtAndNobodyVanishes() throws Exception {
    processes.member(members.cluster(), members.port(1));
    Processes.Running frozen = processes.member(members.cluster(), members.port(2));
    Await.until("united", () -> member.getCluster().getMembers().size() == 3);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(processes.instance(members.cluster(), "hello-" + i).said());
    }
    ids.forEach(id -> watched.awaitsBeat(id, beat -> true));
    assertThat(ids).noneMatch(registry::inDoubt);
    long stopped = System.nanoTime();
    frozen.signal("STOP");
    Await.until("removed", () -> member.getCluster().getMembers().size() == 2);
    say("a stopped member was removed after %d ms", stopped);
    Await.until("in doubt", () -> ids.stream().allMatch(registry::inDoubt));
    long now = System.nanoTime();
    for (String id : ids) {
      long before = beats(id);
      Await.until("beats go on", () -> beats(id) > before + 2);
    }
    say("all beat on %d ms later", now);
    assertThat(watched.all(Vanished.class)).isEmpty();
    long continued = System.nanoTime();
    frozen.signal("CONT");
    Await.until("united again", () -> member.getCluster().getMembers().size() == 3);
    say("united again %d ms after it went on", continued);
    for (String id : ids) {
      long before = beats(id);
      Await.until("beats go on", () -> beats(id) > before + 2);
    }
    assertThat(watched.all(Vanished.class).map(InstanceChange::id)).isEmpty();
  }

  private long beats(String id) {
    return watched.all(Beaten.class).filter(b -> b.id().equals(id)).count();
  }

  private static void say(String what, long since) {
    System.out.printf(what + "%n", (System.nanoTime() - since) / 1_000_000);
  }
}
