package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenApiTest {

  private final AdminWorld world = AdminWorld.withToken();
  private final JsonObject document = world.get("/api/v1/openapi.json").json();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void namesExactlyTheRoutesThatThereAre() {
    Set<String> documented = new TreeSet<>();
    for (Map.Entry<String, Object> path : document.getJsonObject("paths")) {
      ((JsonObject) path.getValue())
          .fieldNames()
          .forEach(method -> documented.add(method.toUpperCase() + " " + path.getKey()));
    }
    assertThat(documented).isEqualTo(world.run(this::routes));
  }

  private Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    for (Route route : world.routes().router(Vertx.currentContext().owner()).getRoutes()) {
      if (route.getPath() != null && route.methods() != null) {
        String path = route.getPath().replaceAll(":([a-z]+)", "{$1}");
        for (HttpMethod method : route.methods()) {
          if (method != HttpMethod.HEAD) {
            routes.add(method + " " + path);
          }
        }
      }
    }
    return routes;
  }

  @Test
  void describesTheAnswersThatAreGiven() {
    world.up("hello-1");
    JsonObject service = new JsonArray(world.get("/api/v1/services").body()).getJsonObject(0);
    assertShape("Service", service);
    assertShape("Instance", service.getJsonArray("instances").getJsonObject(0));
    assertShape("Explanation", world.get("/api/v1/explain").json());
    assertShape("Problem", world.get("/nothing").json());
    assertShape("Status", world.get("/health/live").json());
    assertShape(
        "Wish", world.change(HttpMethod.POST, "/api/v1/instances/hello-1/resume", null).json());
    String one = "/api/v1/services/web/instances/one";
    assertShape("Registered", world.change(HttpMethod.PUT, one, "{\"port\": 80}").json());
    assertShape("Left", world.change(HttpMethod.DELETE, one, null).json());
  }

  @Test
  void describesWhatARegistrationMaySay() {
    JsonObject described =
        document
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("Registration")
            .getJsonObject("properties");
    String unknown =
        world
            .change(HttpMethod.PUT, "/api/v1/services/web/instances/one", "{\"colour\": 1}")
            .detail();
    assertThat(unknown)
        .isEqualTo("colour: unknown (expected: " + String.join(", ", described.fieldNames()) + ")");
  }

  private void assertShape(String schema, JsonObject answer) {
    JsonObject described =
        document.getJsonObject("components").getJsonObject("schemas").getJsonObject(schema);
    assertThat(answer.fieldNames())
        .as(schema)
        .isEqualTo(described.getJsonObject("properties").fieldNames())
        .containsAll(described.getJsonArray("required").stream().map(Object::toString).toList());
  }
}
