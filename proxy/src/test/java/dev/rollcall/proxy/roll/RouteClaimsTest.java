package dev.rollcall.proxy.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.RouteClaims.Claim;
import dev.rollcall.proxy.roll.RouteClaims.Result;
import dev.rollcall.proxy.roll.RouteClaims.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteClaimsTest {

  private static Claim registered(String service, String... routes) {
    return new Claim(service, Source.REGISTRATION, rules(routes));
  }

  private static List<RouteRule> rules(String... routes) {
    return Stream.of(routes).map(RouteRule::of).toList();
  }

  private static String serving(Result result, String host, String path) {
    RouteTable.Route route = result.table().find(host, path);
    return route == null ? "nobody" : route.service();
  }

  @Test
  void pathsHostsAndDomainsLeadToTheirServices() {
    Result result =
        RouteClaims.resolve(
            List.of(
                registered("web", "/"),
                registered("api", "/api", "api.example/"),
                registered("all", "*.example/x"),
                registered("only", "Only.Example")));

    assertThat(result.faults()).isEmpty();
    assertThat(serving(result, "any", "/")).isEqualTo("web");
    assertThat(serving(result, "any", "/api/1")).isEqualTo("api");
    assertThat(serving(result, "api.example", "/x")).isEqualTo("api");
    assertThat(serving(result, "www.example", "/x/y")).isEqualTo("all");
    assertThat(serving(result, "only.example", "/z")).isEqualTo("only");
  }

  @Test
  void aContradictionHasTheSameWinnerInWhateverOrderItComes() {
    List<Claim> claims =
        new ArrayList<>(List.of(registered("b", "/"), registered("a", "/"), registered("c", "/")));
    for (int i = 0; i < 3; i++) {
      Collections.rotate(claims, 1);
      Result result = RouteClaims.resolve(claims);
      assertThat(serving(result, "", "/")).isEqualTo("a");
      assertThat(result.faults())
          .containsExactly(
              "route / is claimed by services a and b: a gets it",
              "route / is claimed by services a and c: a gets it");
    }
  }

  @Test
  void theSettingsWinOverRegistrationsAndThoseOverMemories() {
    Result result =
        RouteClaims.resolve(
            List.of(
                new Claim("a", Source.MEMORY, rules("/")),
                registered("b", "/"),
                new Claim("c", Source.SETTINGS, rules("/"))));

    assertThat(serving(result, "", "/")).isEqualTo("c");
    assertThat(result.faults())
        .as("who is gone contradicts nobody")
        .containsExactly("route / is claimed by services c and b: c gets it");
  }

  @Test
  void whatIsNoRouteIsNamedAndLeftOut() {
    for (String wrong :
        new String[] {"", "/a b", "*x/", "a*.example/", "*./", "/x?y", "/x#y", "*"}) {
      Result result = RouteClaims.resolve(List.of(registered("a", wrong, "/ok")));
      assertThat(result.faults())
          .as(wrong)
          .containsExactly(
              "route of service a: " + wrong + " (expected: /path, host/path or *.domain/path)");
      assertThat(serving(result, "", "/ok")).isEqualTo("a");
    }
  }
}
