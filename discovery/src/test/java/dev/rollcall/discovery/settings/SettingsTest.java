package dev.rollcall.discovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SettingsTest extends SettingsCase {

  @Test
  void hasDefaultsWhenNobodySaysAnything() {
    Example example = good(Example.PROGRAM.read(null, Map.of()));

    assertThat(example.port()).isEqualTo(8080);
    assertThat(example.host()).isNull();
    assertThat(example.members()).containsExactly(new Endpoint("localhost", 5701));
    assertThat(example.upstreams()).isEmpty();
    assertThat(example.secret()).isNull();
    assertThat(example.waits().connect()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void readsNestedAndDottedKeysAlike() {
    Example nested = good(yaml("http:\n  port: 81\n  host: ::1\n"));
    Example dotted = good(yaml("http.port: 81\nhttp.host: ::1\n"));

    assertThat(nested).isEqualTo(dotted);
    assertThat(nested.port()).isEqualTo(81);
  }

  @Test
  void letsTheEnvironmentBeatTheFile() {
    Example example = good(yaml("http.port: 81", Map.of("ROLLCALL_HTTP_PORT", "82")));

    assertThat(example.port()).isEqualTo(82);
  }

  @Test
  void takesAnEmptyVariableForNone() {
    Example example = good(yaml("http.port: 81", Map.of("ROLLCALL_HTTP_PORT", "")));

    assertThat(example.port()).isEqualTo(81);
  }

  @Test
  void readsListsFromSequencesAndFromText() {
    Example sequence = good(yaml("cluster:\n  members: [a, 'b:7', '[::1]:8', '::2']"));
    Example text = good(env("ROLLCALL_CLUSTER_MEMBERS", "a, b:7,[::1]:8,::2"));

    assertThat(sequence.members())
        .isEqualTo(text.members())
        .containsExactly(
            new Endpoint("a", 5701),
            new Endpoint("b", 7),
            new Endpoint("::1", 8),
            new Endpoint("::2", 5701));
  }

  @Test
  void readsMappingsFromSectionsAndFromText() {
    Example section = good(yaml("upstreams:\n  web: [http://a, http://b]\n  api.v2: http://c\n"));
    Example text = good(env("ROLLCALL_UPSTREAMS", "web=http://a,http://b; api.v2=http://c"));

    assertThat(section.upstreams())
        .isEqualTo(text.upstreams())
        .isEqualTo(Map.of("web", List.of("http://a", "http://b"), "api.v2", List.of("http://c")));
  }

  @Test
  void letsAServiceInheritWhatItDoesNotSay() {
    Example example =
        good(
            yaml(
                """
                timeout.response: 5s
                services:
                  hello.v2:
                    timeout: {connect: 250ms}
                    routes: [/a, /b]
                """));

    Example.Service hello = Objects.requireNonNull(example.services().get("hello.v2"));
    assertThat(hello.waits())
        .isEqualTo(new Example.Waits(Duration.ofMillis(250), Duration.ofSeconds(5)));
    assertThat(hello.routes()).containsExactly("/a", "/b");
  }

  @Test
  void doesNotLetAServiceReadVariables() {
    Example example = good(yaml("services.web.routes: /a", Map.of("ROLLCALL_ROUTES", "/b")));

    assertThat(Objects.requireNonNull(example.services().get("web")).routes())
        .containsExactly("/a");
  }

  @Test
  void takesAnEmptyFileAndAnEmptySection() {
    assertThat(good(yaml("")).port()).isEqualTo(8080);
    assertThat(good(yaml("http:\n#  port: 1\n")).port()).isEqualTo(8080);
  }

  @Test
  void declaresEachSettingOnce() {
    List<Setting> settings = Example.PROGRAM.settings();

    assertThat(settings)
        .extracting(Setting::key)
        .doesNotHaveDuplicates()
        .contains("http.port", "secret", "secret-file", "services.NAME.timeout.connect");
    assertThat(settings)
        .contains(new Setting("http.port", "a port, 0 to 65535", "8080", "the single URL", false));
  }
}
