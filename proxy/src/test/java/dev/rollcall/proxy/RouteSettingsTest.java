package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Fault;
import dev.rollcall.discovery.settings.Reading;
import dev.rollcall.proxy.roll.CanaryRule;
import dev.rollcall.proxy.roll.FieldMatch;
import dev.rollcall.proxy.roll.RouteRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file may say of routes and canaries. */
class RouteSettingsTest {

  @TempDir Path dir;

  private Reading<ProxyOptions> read(String yaml) throws IOException {
    return ProxyOptions.PROGRAM.read(Files.writeString(dir.resolve("x.yml"), yaml), Map.of());
  }

  private ServiceOptions shop(String yaml) throws IOException {
    Reading<ProxyOptions> reading = read(yaml);
    assertThat(reading.faults()).isEmpty();
    return Objects.requireNonNull(Objects.requireNonNull(reading.options()).services().get("shop"));
  }

  @Test
  void aRouteIsATextOrAMapping() throws IOException {
    ServiceOptions shop =
        shop(
            """
            services:
              shop:
                routes:
                  - /shop
                  - route: api.example/v2
                    header: [X-Try=Blue, X-Any]
                    strip: true
                  - {route: /cart, header: X-Cart}
            """);

    assertThat(shop.routes())
        .containsExactly(
            RouteRule.of("/shop"),
            new RouteRule(
                "api.example/v2",
                List.of(new FieldMatch("x-try", "Blue"), new FieldMatch("x-any", "")),
                true),
            new RouteRule("/cart", List.of(new FieldMatch("x-cart", "")), false));
  }

  @Test
  void aCanaryHasInstancesAndAReason() throws IOException {
    ServiceOptions shop =
        shop(
            """
            services:
              shop:
                canary:
                  when: version=2
                  share: 0.5%
                  header: X-Try
                  cookie: try=yes
            """);

    assertThat(shop.canary())
        .isEqualTo(
            new CanaryRule(
                new FieldMatch("version", "2"),
                50,
                new FieldMatch("x-try", ""),
                new FieldMatch("try", "yes")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          routes: [{rout: /x}]          | services.shop.routes: rout (expected: one of header, route, strip; nearest: route), at x.yml:3
          routes: [{strip: true}]       | services.shop.routes: {strip} (expected: /path, host/path or *.domain/path, or a mapping of header, route, strip), at x.yml:3
          routes: [{route: /x, strip: si}] | services.shop.routes: si (expected: true or false), at x.yml:3
          routes: [shop]                | services.shop.routes: shop (expected: /path, host/path or *.domain/path), at x.yml:3
          routes: [/a?b]                | services.shop.routes: /a?b (expected: /path, host/path or *.domain/path), at x.yml:3
          canary: {share: 5%}           | services.shop.canary.when: nothing (expected: NAME=VALUE, as its instances have in their metadata), at x.yml:3
          canary: {when: v=2, share: 101%} | services.shop.canary.share: 101% (expected: 0% to 100%), at x.yml:3
          canary: {when: v=2, share: 0.001%} | services.shop.canary.share: 0.001% (expected: a part of requests such as 5% or 0.5%), at x.yml:3
          retry: {statuses: [404]}      | services.shop.retry.statuses: 404 (expected: 500 to 599), at x.yml:3
          canry: {when: v=2}            | services.shop.canry.when: unknown key (nearest: services.shop.canary.when), at x.yml:3
          """)
  void whatIsWrongHasOneLineWithItsPlace(String line, String fault) throws IOException {
    List<String> faults =
        read("services:\n  shop:\n    " + line + "\n").faults().stream()
            .map(Fault::toString)
            .map(text -> text.replace(dir + "/", ""))
            .toList();

    assertThat(faults).singleElement().asString().contains(fault);
  }

  @Test
  void whatSectionsInheritIsOneFault() throws IOException {
    String wrong = "health: {eject-time: 10s, eject-time-max: 5s}\n";

    assertThat(read(wrong + "services: {a: {policy: random}, b: {policy: random}}").faults())
        .hasSize(1);
    assertThat(read("health.eject-time-max: 5s\nservices: {a: {health.eject-time: 1m}}").faults())
        .singleElement()
        .asString()
        .startsWith("services.a.health.eject-time-max: 5s (expected: at least health.eject-time)");
  }

  @Test
  void aServiceMayRetryAsItAsks() throws IOException {
    Reading<ProxyOptions> reading =
        read("retry.tries: 1\nservices: {shop: {retry: {budget: 5}}, web: {policy: random}}");

    assertThat(reading.faults()).isEmpty();
    assertThat(reading.effective())
        .anySatisfy(
            each -> {
              assertThat(each.setting().key()).isEqualTo("services.shop.retry.tries");
              assertThat(each.shown()).isEqualTo("1");
            });
  }

  @Test
  void claimsAreLimitedByTheFileOrTheEnvironment() throws IOException {
    Map<String, List<String>> expected =
        Map.of("shop", List.of("/shop", "shop.example/"), "*", List.of("/public"));

    assertThat(
            Objects.requireNonNull(
                    read("routes.claims: {shop: [/shop, shop.example/], '*': /public}").options())
                .claims()
                .allowed())
        .isEqualTo(expected);
    Reading<ProxyOptions> environment =
        ProxyOptions.PROGRAM.read(
            null, Map.of("ROLLCALL_ROUTES_CLAIMS", "shop=/shop,shop.example/;*=/public"));
    assertThat(Objects.requireNonNull(environment.options()).claims().allowed())
        .isEqualTo(expected);
  }
}
