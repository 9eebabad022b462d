package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.proxy.admin.AdminWorld.Answer;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Upstream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsApiTest {

  private static final String HELLO = "{service=\"hello\"}";

  private final AdminWorld world = AdminWorld.withToken();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void keepsTheConventionsWithAndWithoutUpstreams() {
    scrape();
    serve(world.up("hello-1"), 3);
    world.stand(world.up("hello-2"), Availability.EJECTED, "5 failures in a row");
    Answer answer = world.get("/metrics");

    assertThat(answer.headers().get("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    PrometheusText page = PrometheusText.read(answer.body());
    assertThat(page.value("rollcall_upstreams{service=\"hello\",state=\"up\"}")).isEqualTo(1);
    assertThat(page.value("rollcall_upstreams{service=\"hello\",state=\"ejected\"}")).isEqualTo(1);
    assertThat(page.value("rollcall_upstreams{service=\"hello\",state=\"down\"}")).isZero();
    assertThat(page.value("rollcall_candidates" + HELLO)).isEqualTo(1);
    assertThat(page.value("rollcall_transitions_total{service=\"hello\",state=\"ejected\"}"))
        .isEqualTo(1);
    assertThat(page.value("rollcall_upstream_requests_total" + upstream("hello-1"))).isEqualTo(3);
    assertThat(page.value("rollcall_upstream_up" + upstream("hello-2"))).isZero();
    assertThat(page.value("rollcall_service_responses_total{service=\"hello\",code=\"2xx\"}"))
        .isEqualTo(3);
    assertThat(page.families())
        .contains(
            "rollcall_build_info", "rollcall_process_cpu_seconds_total", "rollcall_more_total");
  }

  @Test
  void countsLatencyInBucketsThatAddUpOverProxies() {
    Upstream hello = world.up("hello-1");
    hello.traffic().answered(200, TimeUnit.MILLISECONDS.toNanos(3));
    hello.traffic().answered(200, TimeUnit.MILLISECONDS.toNanos(40));
    hello.traffic().answered(500, TimeUnit.SECONDS.toNanos(40));
    PrometheusText page = scrape();

    assertThat(bucket(page, "0.001")).isZero();
    assertThat(bucket(page, "0.005")).isEqualTo(1);
    assertThat(bucket(page, "0.025")).isEqualTo(1);
    assertThat(bucket(page, "0.05")).isEqualTo(2);
    assertThat(bucket(page, "30")).isEqualTo(2);
    assertThat(bucket(page, "+Inf")).isEqualTo(3);
    assertThat(page.value("rollcall_service_response_seconds_sum" + HELLO))
        .isCloseTo(40.043, within(1e-9));
  }

  @Test
  void totalsNeverFallWhenInstancesLeave() {
    Upstream first = world.up("hello-1");
    world.up("hello-2");
    serve(first, 5);
    first.traffic().opened();
    scrape();
    world.strike(first, "left");

    PrometheusText page = scrape();
    assertThat(page.value("rollcall_service_requests_total" + HELLO)).isEqualTo(6);
    assertThat(page.value("rollcall_upstream_requests_total" + upstream("hello-1"))).isEqualTo(6);

    first.traffic().answered(200, 1_000_000);
    first.traffic().closed();
    scrape();
    page = scrape();
    assertThat(page.value("rollcall_service_requests_total" + HELLO)).isEqualTo(6);
    assertThat(page.value("rollcall_service_response_seconds_count" + HELLO)).isEqualTo(6);
    assertThat(page.samples())
        .doesNotContainKey("rollcall_upstream_requests_total" + upstream("hello-1"));
  }

  @Test
  void countsOneThatCameAndWentBetweenTwoLooks() {
    Upstream brief = world.up("hello-1");
    serve(brief, 2);
    world.strike(brief, "left");

    assertThat(scrape().value("rollcall_service_requests_total" + HELLO)).isEqualTo(2);
  }

  @Test
  void refusesNamesAgainstTheConventions() {
    MetricsPage page = new MetricsPage();
    page.gauge("rollcall_a", "A.");

    assertThatThrownBy(() -> page.gauge("rollcall_a", "A.")).hasMessageContaining("once");
    assertThatThrownBy(() -> page.counter("rollcall_b", "B.")).hasMessageContaining("_total");
    assertThatThrownBy(() -> page.gauge("rollcall_b_total", "B.")).hasMessageContaining("_total");
    assertThatThrownBy(() -> page.gauge("other_b", "B.")).hasMessageContaining("rollcall_");
    assertThatThrownBy(() -> page.histogram("rollcall_b_ms", "B.")).hasMessageContaining("seconds");
  }

  private PrometheusText scrape() {
    return PrometheusText.read(world.get("/metrics").body());
  }

  private static void serve(Upstream upstream, int times) {
    for (int i = 0; i < times; i++) {
      upstream.traffic().opened();
      upstream.traffic().answered(200, 1_000_000);
      upstream.traffic().closed();
    }
  }

  private static double bucket(PrometheusText page, String le) {
    return page.value(
        "rollcall_service_response_seconds_bucket{service=\"hello\",le=\"" + le + "\"}");
  }

  private static String upstream(String name) {
    return "{service=\"hello\",upstream=\"" + name + "\"}";
  }
}
