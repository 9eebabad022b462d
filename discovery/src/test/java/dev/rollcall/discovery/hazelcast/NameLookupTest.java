package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NameLookupTest {

  private static final Endpoint MEMBER = new Endpoint("proxy", 5701);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final InetAddress first = address(1);
  private final InetAddress second = address(2);

  @Test
  void asksAnewEachTime() {
    AtomicReference<InetAddress> now = new AtomicReference<>(first);
    NameLookup lookup = lookup(host -> new InetAddress[] {now.get()}, LONG);
    assertThat(lookup.addresses()).containsExactly(first);
    now.set(second);
    assertThat(lookup.addresses()).containsExactly(second);
  }

  @Test
  void takesWhatItLastKnewWhenTheNameIsUnknown() {
    AtomicInteger asked = new AtomicInteger();
    NameLookup lookup =
        lookup(
            host -> {
              if (asked.incrementAndGet() == 2) {
                throw new UnknownHostException(host);
              }
              return new InetAddress[] {asked.get() == 1 ? first : second};
            },
            LONG);
    assertThat(lookup.addresses()).containsExactly(first);
    assertThat(lookup.addresses()).containsExactly(first);
    assertThat(lookup.addresses()).containsExactly(second);
  }

  @Test
  void knowsNobodyBeforeTheFirstAnswer() {
    NameLookup lookup =
        lookup(
            host -> {
              throw new UnknownHostException(host);
            },
            LONG);
    assertThat(lookup.addresses()).isEmpty();
  }

  @Test
  void neverWaitsTwiceForTheSameLookUp() throws Exception {
    CountDownLatch back = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    NameLookup lookup =
        lookup(
            host -> {
              if (asked.incrementAndGet() == 1) {
                return new InetAddress[] {first};
              }
              await(back);
              answered.countDown();
              return new InetAddress[] {second};
            },
            Duration.ofMillis(50));
    // The first may be late on a busy machine.
    while (lookup.addresses().isEmpty()) {
      Thread.onSpinWait();
    }
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThat(lookup.addresses()).containsExactly(first);
    }
    assertThat(asked).as("one look-up at a time").hasValue(2);
    back.countDown();
    await(answered);
    while (!lookup.addresses().contains(second)) {
      Thread.onSpinWait();
    }
  }

  private static NameLookup lookup(NameLookup.Resolver resolver, Duration patience) {
    return new NameLookup(MEMBER, resolver, patience);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
