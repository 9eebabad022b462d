package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServicesApiTest {

  private final AdminWorld world = AdminWorld.withToken();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void livesAlwaysAndIsReadyWhenSomebodyCanTakeTraffic() {
    assertThat(world.get("/health/live").status()).isEqualTo(200);
    assertThat(world.get("/health/ready").status()).isEqualTo(503);

    Upstream hello = world.up("hello-1");
    assertThat(world.get("/health/ready").status()).isEqualTo(200);

    world.strike(hello, "left");
    assertThat(world.get("/health/ready").status()).isEqualTo(503);
    assertThat(world.get("/health/live").json()).isEqualTo(new JsonObject().put("status", "UP"));
  }

  @Test
  void tellsServicesInTheShapeOfTheContract() {
    Upstream hello = world.up("hello-1");
    hello.traffic().opened();
    for (int i = 0; i < 100; i++) {
      hello.traffic().answered(200, TimeUnit.MILLISECONDS.toNanos(10) + 1);
    }
    hello.traffic().failed();

    JsonObject service = new JsonArray(world.get("/api/v1/services").body()).getJsonObject(0);

    assertThat(service.fieldNames()).containsExactly("name", "routes", "policy", "instances");
    assertThat(service.getString("name")).isEqualTo("hello");
    assertThat(service.getJsonArray("routes")).containsExactly("/");
    assertThat(service.getString("policy")).isEqualTo("round-robin");
    JsonObject instance = service.getJsonArray("instances").getJsonObject(0);
    JsonObject latency = (JsonObject) instance.remove("latencyMs");
    assertThat(latency.getDouble("p50")).isBetween(10.0, 10.6);
    assertThat(latency.getDouble("p99")).isBetween(10.9, 11.0);
    assertThat(instance)
        .isEqualTo(
            new JsonObject()
                .put("id", "hello-1")
                .put("name", "hello-1")
                .put("endpoint", "hello-1.example:8080")
                .put("state", "up")
                .put("weight", 1)
                .put("tier", "primary")
                .put("zone", "")
                .put("inFlight", 1)
                .put("requests", 1)
                .put("failures", 1)
                .put("heartbeatAgeMs", null)
                .put("since", "2026-11-22T12:00:00Z")
                .put("reason", "answered its probe"));
  }

  @Test
  void tellsTheAgeOfHeartbeatsAndNoLatencyBeforeTheFirstAnswer() {
    Upstream hello = world.up("hello-1");
    hello.pulse().beaten(0, 0.1, System.nanoTime() - TimeUnit.SECONDS.toNanos(3));

    JsonObject instance =
        new JsonArray(world.get("/api/v1/services").body())
            .getJsonObject(0)
            .getJsonArray("instances")
            .getJsonObject(0);

    assertThat(instance.getInteger("heartbeatAgeMs")).isBetween(3000, 20_000);
    assertThat(instance.getJsonObject("latencyMs"))
        .isEqualTo(new JsonObject().put("p50", null).put("p99", null));
  }

  @Test
  void keepsInstancesThatAreOutInSight() {
    world.up("hello-1");
    world.stand(world.up("hello-2"), Availability.EJECTED, "5 failures in a row");

    JsonArray instances =
        new JsonArray(world.get("/api/v1/services").body())
            .getJsonObject(0)
            .getJsonArray("instances");

    assertThat(List.of("up", "ejected"))
        .isEqualTo(instances.stream().map(one -> ((JsonObject) one).getString("state")).toList());
    assertThat(instances.getJsonObject(1).getString("reason")).isEqualTo("5 failures in a row");
  }

  @Test
  void answersWhatItDoesNotHaveWithAProblem() {
    assertThat(world.get("/nothing").status()).isEqualTo(404);
    assertThat(world.get("/nothing").headers().get("Content-Type"))
        .isEqualTo("application/problem+json");
    assertThat(world.change(HttpMethod.DELETE, "/api/v1/services", null).status()).isEqualTo(405);
  }
}
