package dev.rollcall.proxy;

import dev.rollcall.proxy.admin.MetricsPage;
import dev.rollcall.proxy.admin.MetricsSource;
import dev.rollcall.proxy.forward.Counters;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.message.Refusal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What clients see of the engine, as metrics. Any thread. */
final class EngineMetrics implements MetricsSource {

  private final ForwardContext traffic;
  private final LongSupplier unlogged;

  EngineMetrics(ForwardContext traffic, LongSupplier unlogged) {
    this.traffic = traffic;
    this.unlogged = unlogged;
  }

  @Override
  public void write(MetricsPage page) {
    Counters counters = traffic.counters();
    MetricsPage.Family answers =
        page.counter("rollcall_responses_total", "Answers to clients, whoever made them.");
    for (int hundreds = 1; hundreds <= 5; hundreds++) {
      answers.sample(counters.answers(hundreds), "code", hundreds + "xx");
    }
    MetricsPage.Family refusals =
        page.counter(
            "rollcall_refusals_total", "Requests that the proxy answered itself, by reason.");
    refusals(counters).forEach((reason, count) -> refusals.sample(count, "reason", reason));
    page.counter("rollcall_retries_total", "Requests sent to another instance, or again.")
        .sample(counters.retries());
    page.counter(
            "rollcall_waits_total",
            "Requests that had to wait for an instance: nobody was there or had room.")
        .sample(counters.waits());
    page.counter("rollcall_cancellations_total", "Requests whose client went away before the end.")
        .sample(counters.cancellations());
    page.counter("rollcall_broken_responses_total", "Answers cut off midway.")
        .sample(counters.broken());
    page.gauge("rollcall_requests_in_flight", "Requests of clients under way.")
        .sample(traffic.inFlight().get());
    page.gauge("rollcall_client_connections", "Open connections of clients.")
        .sample(traffic.connectionLimit().open());
    page.gauge("rollcall_tunnels", "Open WebSockets and other tunnels.")
        .sample(traffic.tunnels().open());
    page.counter(
            "rollcall_access_log_dropped_total",
            "Requests missing in the access log because its reader was too slow, or gone.")
        .sample(unlogged.getAsLong());
  }

  /** Several reasons may share a label. */
  private static Map<String, Long> refusals(Counters counters) {
    Map<String, Long> byLabel = new TreeMap<>();
    for (Refusal refusal : Refusal.values()) {
      byLabel.merge(refusal.label(), counters.refusals(refusal), Long::sum);
    }
    return byLabel;
  }
}
