package dev.rollcall.proxy.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.RouteTable.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private final List<Route> routes =
      new ArrayList<>(
          List.of(
              new Route("", "/", "any"),
              new Route("", "/api", "api"),
              when("", "/api", "x-try=blue", "blue"),
              new Route("*.example", "/", "wild"),
              new Route("shop.example", "/", "shop"),
              when("shop.example", "/", "x-try", "tries"),
              new RouteTable.Route(
                  "shop.example",
                  "/",
                  List.of(FieldMatch.parse("x-try=blue"), FieldMatch.parse("x-user=ann")),
                  false,
                  "both")));

  private static Route when(String host, String prefix, String header, String service) {
    return new Route(host, prefix, List.of(FieldMatch.parse(header)), false, service);
  }

  private String serves(String host, String path, Map<String, String> fields) {
    Route route = new RouteTable(routes).find(host, path, fields::get);
    return route == null ? "nobody" : route.service();
  }

  @Test
  void hostsGoBeforePathsAndPathsBeforeHeadersWhateverTheOrder() {
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(routes, new Random(seed));

      assertThat(serves("shop.example", "/api", Map.of())).isEqualTo("shop");
      assertThat(serves("shop.example", "/api", Map.of("x-try", "red"))).isEqualTo("tries");
      assertThat(serves("shop.example", "/", Map.of("x-try", "blue", "x-user", "ann")))
          .isEqualTo("both");
      assertThat(serves("a.example", "/api", Map.of("x-try", "blue"))).isEqualTo("wild");
      assertThat(serves("other", "/api/1", Map.of("x-try", "blue"))).isEqualTo("blue");
      assertThat(serves("other", "/api/1", Map.of("x-try", "red"))).isEqualTo("api");
      assertThat(serves("other", "/apis", Map.of("x-try", "blue"))).isEqualTo("any");
    }
  }

  @Test
  void asksForNoHeaderWhereNoRouteWantsOne() {
    RouteTable table = new RouteTable(List.of(new Route("", "/", "any")));

    assertThat(
            table.find(
                "x",
                "/y",
                name -> {
                  throw new AssertionError("asked for " + name);
                }))
        .isNotNull();
  }
}
