package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import io.vertx.core.transport.Transport;
import java.util.List;

/**
 * What carries the traffic.
 *
 * @param transport default auto
 * @param workers event loops; default one for each core. More only cost
 * @param rehearsal whether a start plays itself requests, so that the first of clients find
 *     compiled code; default true. Without it a start costs some seconds of CPU time less
 */
public record TrafficOptions(TransportSetting transport, int workers, boolean rehearsal) {

  private static final int MOST_WORKERS = 1024;

  static TrafficOptions read(Settings settings) {
    TransportSetting transport =
        settings.get(
            "transport", TransportSetting.TYPE, "auto", "auto, io_uring, epoll, kqueue or nio");
    Integer workers =
        settings.find(
            "workers",
            ValueType.COUNT.where(n -> n >= 1 && n <= MOST_WORKERS, "1 to " + MOST_WORKERS),
            "number of cores",
            "event loops that carry traffic");
    boolean rehearsal =
        settings.get(
            "rehearsal",
            ValueType.SWITCH,
            "true",
            "play itself requests after the start, while no client sends any, to be fast sooner");
    refuseWhatDoesNotWork(settings, transport);
    return new TrafficOptions(
        transport,
        workers == null ? Runtime.getRuntime().availableProcessors() : workers,
        rehearsal);
  }

  private static void refuseWhatDoesNotWork(Settings settings, TransportSetting transport) {
    String obstacle =
        transport == TransportSetting.AUTO ? null : TransportChoice.obstacle(transport.transport());
    if (obstacle != null) {
      settings.refuse("transport", "one that works here, or auto; " + obstacle);
    }
  }

  /** The transport itself. */
  TransportChoice choose() {
    Transport named = transport.transport();
    return named == null ? TransportChoice.detect() : new TransportChoice(named, List.of());
  }
}
