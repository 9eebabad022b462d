package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.transport.Transport;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransportChoiceTest {

  private final Map<TransportSetting, Transport> there = new EnumMap<>(TransportSetting.class);

  @Test
  void prefersIoUringOnLinux() {
    there.put(TransportSetting.IO_URING, transport("io_uring", null));
    there.put(TransportSetting.EPOLL, transport("epoll", null));

    assertThat(choose("linux")).hasToString("io_uring");
  }

  @Test
  void saysWhyTheBetterOneIsNotUsed() {
    there.put(
        TransportSetting.IO_URING,
        transport("io_uring", new Error("no", new Error("Operation not permitted\nmore"))));
    there.put(TransportSetting.EPOLL, transport("epoll", null));

    assertThat(choose("linux")).hasToString("epoll (io_uring: Operation not permitted)");
  }

  @Test
  void fallsBackToTheJdk() {
    assertThat(choose("linux"))
        .hasToString("nio (io_uring: not in this build; epoll: not in this build)");
    assertThat(choose("mac os x")).hasToString("nio (kqueue: not in this build)");
    assertThat(choose("windows 11")).hasToString("nio");
  }

  @Test
  void usesKqueueOnMac() {
    there.put(TransportSetting.KQUEUE, transport("kqueue", null));
    there.put(TransportSetting.EPOLL, transport("epoll", null));

    assertThat(choose("mac os x")).hasToString("kqueue");
  }

  @Test
  void findsOneThatWorksHere() {
    assertThat(TransportChoice.detect().transport().available()).isTrue();
  }

  private TransportChoice choose(String system) {
    return TransportChoice.detect(system, there::get);
  }

  private static Transport transport(String name, @Nullable Throwable obstacle) {
    return new Transport() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean available() {
        return obstacle == null;
      }

      @Override
      public @Nullable Throwable unavailabilityCause() {
        return obstacle;
      }

      @Override
      public io.vertx.core.spi.transport.Transport implementation() {
        return Transport.NIO.implementation();
      }
    };
  }
}
