package dev.rollcall.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs one case against a proxy of its own. Thread-safe: any number at a time. */
record CaseRunner(ProxyUnderTest proxies, ScheduledExecutorService watch) {

  CaseRunner(ProxyUnderTest proxies) {
    this(proxies, Executors.newSingleThreadScheduledExecutor(CaseRunner::daemon));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "conformance-watch");
    thread.setDaemon(true);
    return thread;
  }

  Verdict run(Case row) {
    long begun = System.nanoTime();
    try {
      Observed seen = observe(row);
      return Verdict.of(row, seen, (System.nanoTime() - begun) / 1_000_000);
    } catch (Exception | Error e) {
      return new Verdict(row, List.of("could not run: " + e), "", 0);
    }
  }

  private Observed observe(Case row) throws Exception {
    Signals signals = new Signals();
    ScheduledFuture<?> deadline =
        watch.schedule(signals::abort, 2L * Patience.millis(), TimeUnit.MILLISECONDS);
    Exchanges exchanges = new Exchanges(row.exchanges(), row.replies());
    List<Reachable> upstreams = new ArrayList<>();
    for (Reachable.Kind kind : row.upstreams()) {
      upstreams.add(Reachable.open(kind, exchanges, signals));
    }
    ClientView client;
    try (ProxyUnderTest.Running proxy =
        proxies.start(upstreams.stream().map(Reachable::port).toList(), row.settings())) {
      client = row.client().run(proxy.port(), signals, row.answers(), row::awaitsClose);
    }
    List<UpstreamView> connections = new ArrayList<>();
    for (Reachable upstream : upstreams) {
      connections.addAll(upstream.finish());
    }
    deadline.cancel(false);
    if (signals.aborted()) {
      client.failures().add("client or upstream hung until it was cut off");
    }
    return new Observed(client, connections, exchanges.arrivals());
  }
}
