package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Setting;
import dev.rollcall.upstream.UpstreamOptions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Proxies and upstreams can share one file and one environment: neither minds the other's keys. */
class SharedSettingsTest {

  @Test
  void theProxyKnowsTheKeysOfTheUpstream() {
    assertThat(plain(ProxyOptions.PROGRAM.elsewhere().keys()))
        .as("UpstreamKeys")
        .isEqualTo(only(UpstreamOptions.PROGRAM, ProxyOptions.PROGRAM));
  }

  @Test
  void theUpstreamKnowsTheKeysOfTheProxy() {
    assertThat(plain(UpstreamOptions.PROGRAM.elsewhere().keys()))
        .as("ProxyKeys")
        .isEqualTo(only(ProxyOptions.PROGRAM, UpstreamOptions.PROGRAM));
  }

  @Test
  void theUpstreamIsSilentAboutServices() {
    assertThat(UpstreamOptions.PROGRAM.elsewhere().keys()).contains("services.*");
  }

  @Test
  void aSharedKeyMeansTheSameToBoth() {
    Map<String, String> proxy = fallbacks(ProxyOptions.PROGRAM);
    Map<String, String> upstream = fallbacks(UpstreamOptions.PROGRAM);
    // The proxy has a known port; an upstream takes what it gets, and registers it.
    proxy.keySet().remove("http.port");

    proxy.keySet().retainAll(upstream.keySet());
    assertThat(proxy).containsKey("cluster.name").isNotEmpty();
    proxy.forEach((key, fallback) -> assertThat(upstream).containsEntry(key, fallback));
  }

  private static Set<String> only(Program<?> program, Program<?> other) {
    Set<String> keys = new TreeSet<>(fallbacks(program).keySet());
    keys.removeAll(fallbacks(other).keySet());
    return keys;
  }

  private static Map<String, String> fallbacks(Program<?> program) {
    return program.settings().stream()
        .filter(setting -> !setting.fileOnly())
        .collect(Collectors.toMap(Setting::key, Setting::fallback));
  }

  private static Set<String> plain(Set<String> keys) {
    return keys.stream()
        .filter(key -> !key.endsWith(".*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
