package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Instance;
import org.junit.jupiter.api.Test;

class AlikeTest {

  private final Alike alike = new Alike();

  private static Instance read(String id, String service) {
    String text =
        """
        {"id": "%s", "epoch": "e", "seq": 1, "service": "%s", "host": "10.0.0.1", "port": 80,
         "routes": ["/shop"], "metadata": {"version": "2"}, "probe": {"http": "/health"}}
        """;
    return InstanceJson.read(text.formatted(id, service)).instance();
  }

  @Test
  void whatTwoSayIsKeptOnce() {
    Instance first = alike.share(read("a", "hello"));
    Instance second = alike.share(read("b", "hello"));

    assertThat(second).isEqualTo(read("b", "hello"));
    assertThat(second.service()).isSameAs(first.service());
    assertThat(second.routes()).isSameAs(first.routes());
    assertThat(second.metadata()).isSameAs(first.metadata());
    assertThat(second.probe()).isSameAs(first.probe());
  }

  @Test
  void whatTheySayDifferentlyStays() {
    alike.share(read("a", "hello"));
    assertThat(alike.share(read("b", "other"))).isEqualTo(read("b", "other"));
  }
}
