package dev.rollcall.proxy.admin;

/** Has something for the metrics page. Called on the control thread at each scrape. */
@FunctionalInterface
public interface MetricsSource {

  void write(MetricsPage page);
}
