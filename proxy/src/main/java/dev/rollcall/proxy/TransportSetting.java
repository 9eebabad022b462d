package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.ValueType;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of the system's ways to wait for sockets carries the traffic. */
public enum TransportSetting {
  /** The fastest that works here. */
  AUTO,
  /** Linux 5.9 and newer, unless a container's seccomp profile forbids it; the fastest. */
  IO_URING,
  /** Linux. */
  EPOLL,
  /** macOS. */
  KQUEUE,
  /** The JDK's own, everywhere. */
  NIO;

  /** The words of the setting: those of Vert.x and of the kernels. */
  static final ValueType<TransportSetting> TYPE =
      ValueType.oneOf(List.of(values()), TransportSetting::toString);

  /** Null: not for this system, or its jar isn't on the class path; also for AUTO. */
  @Nullable Transport transport() {
    return switch (this) {
      case AUTO -> null;
      case IO_URING -> Transport.IO_URING;
      case EPOLL -> Transport.EPOLL;
      case KQUEUE -> Transport.KQUEUE;
      case NIO -> Transport.NIO;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
