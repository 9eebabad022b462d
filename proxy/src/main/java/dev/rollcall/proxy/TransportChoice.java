package dev.rollcall.proxy;

import io.vertx.core.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The transport that the traffic plane gets.
 *
 * @param transport works on this machine
 * @param why the better ones that don't, each with its reason; empty when there is none
 */
record TransportChoice(Transport transport, List<String> why) {

  /** What can work on a system, best first. */
  private static final List<TransportSetting> LINUX =
      List.of(TransportSetting.IO_URING, TransportSetting.EPOLL);

  private static final List<TransportSetting> MAC = List.of(TransportSetting.KQUEUE);

  /** Finds the best; loads native libraries, so some tens of milliseconds. */
  static TransportChoice detect() {
    return detect(
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT), TransportSetting::transport);
  }

  static TransportChoice detect(
      String system, Function<TransportSetting, @Nullable Transport> transports) {
    List<TransportSetting> candidates =
        system.startsWith("linux") ? LINUX : system.startsWith("mac") ? MAC : List.of();
    List<String> why = new ArrayList<>();
    for (TransportSetting candidate : candidates) {
      Transport transport = transports.apply(candidate);
      String obstacle = obstacle(transport);
      if (transport != null && obstacle == null) {
        return new TransportChoice(transport, List.copyOf(why));
      }
      why.add(candidate + ": " + obstacle);
    }
    return new TransportChoice(Transport.NIO, List.copyOf(why));
  }

  /** Why a transport doesn't work here, or null when it does. */
  static @Nullable String obstacle(@Nullable Transport transport) {
    if (transport == null) {
      return "not in this build";
    }
    if (transport.available()) {
      return null;
    }
    Throwable cause = transport.unavailabilityCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null || cause.getMessage() == null ? "unavailable" : firstLine(cause);
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("unavailable");
  }

  /** For the log: {@code epoll (io_uring: Operation not permitted)}. */
  @Override
  public String toString() {
    return why.isEmpty()
        ? transport.name()
        : transport.name() + " (" + String.join("; ", why) + ")";
  }
}
