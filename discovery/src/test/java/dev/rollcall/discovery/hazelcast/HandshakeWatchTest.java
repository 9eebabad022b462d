package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Signature;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeWatchTest {

  private static final int LONG_MILLIS = 60_000;

  private final Members members = new Members(2, Signature.NONE);

  @AfterEach
  void close() {
    members.close();
  }

  @Test
  void aStrangerWhoKeepsSilentIsSentAway() throws Exception {
    members.start(0);
    try (Socket stranger = new Socket("127.0.0.1", members.port(0))) {
      stranger.setSoTimeout(LONG_MILLIS);
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aFrozenMemberKeepsNoOtherFromStarting() throws Exception {
    try (ServerSocket frozen =
        new ServerSocket(members.port(1), 9, InetAddress.getByName("127.0.0.1"))) {
      HazelcastInstance alone = members.start(0);
      assertThat(alone.getCluster().getMembers()).hasSize(1);
      try (Socket dialed = frozen.accept()) {
        dialed.setSoTimeout(LONG_MILLIS);
        assertThat(dialed.getInputStream().readAllBytes()).as("its greeting").startsWith('H');
      }
    }
  }

  @Test
  void aFaultOfOursIsNotTheEndOfIt() {
    AtomicInteger looks = new AtomicInteger();
    HandshakeWatch watch =
        new HandshakeWatch(
            () -> {
              if (looks.getAndIncrement() == 0) {
                throw new IllegalStateException("a fault of ours");
              }
              return System.nanoTime();
            });
    watch.setHazelcastInstance(((HazelcastInstanceProxy) members.start(0)).getOriginal());
    try {
      Await.until("it looks again", () -> looks.get() > 1);
    } finally {
      watch.stateChanged(new LifecycleEvent(LifecycleEvent.LifecycleState.SHUTDOWN));
    }
  }
}
