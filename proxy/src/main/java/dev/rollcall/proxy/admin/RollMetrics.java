package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.RollReport;
import dev.rollcall.proxy.roll.Snapshot;
import dev.rollcall.proxy.roll.Transition;
import dev.rollcall.proxy.roll.Upstream;
import dev.rollcall.proxy.roll.UpstreamReport;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The roll and its traffic as metrics. Labels are bounded: services and the names (not ids) of who
 * is on the roll, states and status classes. The label is {@code upstream}, because Prometheus uses
 * {@code instance} for what it scrapes. Control thread only.
 */
final class RollMetrics implements MetricsSource {

  private final RollReport report;
  private final Tallies tallies = new Tallies();
  private final Map<String, Map<Availability, Long>> transitions = new TreeMap<>();

  RollMetrics(RollReport report) {
    this.report = report;
  }

  /** Takes note of a flip of state. */
  void note(Transition flip) {
    tallies.saw(flip.upstream());
    if (flip.from() != flip.to()) {
      transitions
          .computeIfAbsent(
              flip.upstream().instance().service(), s -> new EnumMap<>(Availability.class))
          .merge(flip.to(), 1L, Long::sum);
    }
  }

  /** Takes note of who is there; call every few seconds. */
  void look() {
    tallies.look(report.snapshot());
  }

  @Override
  public void write(MetricsPage page) {
    look();
    Snapshot snapshot = report.snapshot();
    states(page, snapshot);
    candidates(page, snapshot);
    transitions(page);
    byUpstream(page, snapshot);
    totals(page);
    latency(page);
  }

  private static void states(MetricsPage page, Snapshot snapshot) {
    MetricsPage.Family family =
        page.gauge(
            "rollcall_upstreams", "Instances on the roll, by what this proxy thinks of them.");
    new TreeMap<>(snapshot.services())
        .forEach(
            (service, roll) -> {
              for (Availability state : Availability.values()) {
                long count =
                    roll.upstreams().stream().filter(u -> u.availability() == state).count();
                family.sample(count, "service", service, "state", word(state));
              }
            });
  }

  private static void candidates(MetricsPage page, Snapshot snapshot) {
    MetricsPage.Family family =
        page.gauge("rollcall_candidates", "Instances that may take a request now.");
    new TreeMap<>(snapshot.services())
        .forEach((name, roll) -> family.sample(roll.takers(), "service", name));
  }

  private void transitions(MetricsPage page) {
    MetricsPage.Family family =
        page.counter(
            "rollcall_transitions_total", "Flips of an instance's state, by the new state.");
    transitions.forEach(
        (service, counts) ->
            // Zeros too: a series that begins with its first flip hides it from increase().
            EnumSet.allOf(Availability.class)
                .forEach(
                    to ->
                        family.sample(
                            counts.getOrDefault(to, 0L), "service", service, "state", word(to))));
  }

  private void byUpstream(MetricsPage page, Snapshot snapshot) {
    gauge(
        page.gauge("rollcall_upstream_up", "Instances of this name that are up."),
        snapshot,
        u -> u.upstream().availability() == Availability.UP ? 1 : 0);
    gauge(
        page.gauge("rollcall_upstream_in_flight", "Requests, streams and tunnels under way."),
        snapshot,
        u -> u.upstream().traffic().inFlight());
    gauge(
        page.gauge("rollcall_upstream_weight", "Effective weight, the operator's wish included."),
        snapshot,
        u -> u.upstream().weight());
    heartbeats(page, snapshot);
    MetricsPage.Family requests =
        page.counter("rollcall_upstream_requests_total", "Requests handed to an instance.");
    tallies.byName().forEach((key, tally) -> requests.sample(tally.requests(), labels(key)));
    MetricsPage.Family failures =
        page.counter(
            "rollcall_upstream_failures_total",
            "Requests that an instance answered with a 5xx, or not wholly.");
    tallies.byName().forEach((key, tally) -> failures.sample(tally.failures(), labels(key)));
  }

  private void gauge(
      MetricsPage.Family family, Snapshot snapshot, ToDoubleFunction<UpstreamReport> value) {
    Map<Tallies.Key, Double> sums = new TreeMap<>();
    for (String service : snapshot.services().keySet()) {
      for (UpstreamReport one : report.upstreams(service)) {
        sums.merge(key(service, one.upstream()), value.applyAsDouble(one), Double::sum);
      }
    }
    sums.forEach((key, sum) -> family.sample(sum, labels(key)));
  }

  private void heartbeats(MetricsPage page, Snapshot snapshot) {
    MetricsPage.Family family =
        page.gauge(
            "rollcall_upstream_heartbeat_age_seconds",
            "Since the last heartbeat; of several instances of a name, the oldest.");
    Map<Tallies.Key, Double> ages = new TreeMap<>();
    for (String service : snapshot.services().keySet()) {
      for (UpstreamReport one : report.upstreams(service)) {
        Duration age = one.heartbeatAge();
        if (age != null) {
          ages.merge(key(service, one.upstream()), age.toNanos() / 1e9, Math::max);
        }
      }
    }
    ages.forEach((key, age) -> family.sample(age, labels(key)));
  }

  private void totals(MetricsPage page) {
    MetricsPage.Family requests =
        page.counter("rollcall_service_requests_total", "Requests handed to any instance.");
    tallies.byService().forEach((service, t) -> requests.sample(t.requests(), "service", service));
    MetricsPage.Family failures =
        page.counter("rollcall_service_failures_total", "Requests that an instance failed.");
    tallies.byService().forEach((service, t) -> failures.sample(t.failures(), "service", service));
    MetricsPage.Family answers =
        page.counter("rollcall_service_responses_total", "Response heads of instances, by class.");
    tallies
        .byService()
        .forEach(
            (service, tally) -> {
              for (int hundreds = 1; hundreds <= 5; hundreds++) {
                answers.sample(
                    tally.answers(hundreds), "service", service, "code", hundreds + "xx");
              }
            });
  }

  private void latency(MetricsPage page) {
    MetricsPage.Family family =
        page.histogram(
            "rollcall_service_response_seconds",
            "From the last byte of a request to the head of its response.");
    tallies
        .byService()
        .forEach((service, tally) -> family.sample(tally.latency(), "service", service));
  }

  private static Tallies.Key key(String service, Upstream upstream) {
    return new Tallies.Key(service, upstream.instance().name());
  }

  private static String[] labels(Tallies.Key key) {
    return new String[] {"service", key.service(), "upstream", key.name()};
  }

  private static String word(Availability state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
