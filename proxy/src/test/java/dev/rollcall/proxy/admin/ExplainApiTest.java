package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.admin.AdminWorld.Answer;
import dev.rollcall.proxy.roll.Availability;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainApiTest {

  private final AdminWorld world = new AdminWorld(AdminTokens.NONE, "hash:header:X-User");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void tellsWhereAndWhyAndWhoIsOut() {
    world.up("hello-1");
    world.up("hello-2");
    world.stand(world.up("hello-3"), Availability.DRAINING, "told to by its operator");
    String asked =
        "/api/v1/explain?method=POST&host=shop.example:8080&path=/a%3Fb=c&address=192.0.2.7"
            + "&header=X-User:%20ann";

    JsonObject answer = world.get(asked).json();

    assertThat(answer.getJsonObject("request"))
        .isEqualTo(
            new JsonObject()
                .put("method", "POST")
                .put("host", "shop.example")
                .put("path", "/a?b=c")
                .put("address", "192.0.2.7"));
    assertThat(answer.getString("route")).isEqualTo("/");
    assertThat(answer.getString("service")).isEqualTo("hello");
    assertThat(answer.getString("policy")).isEqualTo("hash:header:X-User");
    assertThat(answer.getJsonObject("upstream").getString("id")).isIn("hello-1", "hello-2");
    assertThat(answer.getString("why"))
        .isEqualTo(
            "the route / belongs to hello; hash:header:X-User among 2: its score for what"
                + " hash:header:X-User hashes is the highest");
    assertThat(answer.getJsonArray("candidates")).hasSize(2);
    assertThat(answer.getJsonArray("others").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("id", "hello-3")
                .put("name", "hello-3")
                .put("endpoint", "hello-3.example:8080")
                .put("state", "draining")
                .put("reason", "told to by its operator"));
    assertThat(world.get(asked).json()).isEqualTo(answer);
  }

  @Test
  void tellsWhenThereIsNoRouteOrNobody() {
    assertThat(world.get("/api/v1/explain?path=/x").json().getString("why"))
        .isEqualTo("no service has a route for it: 404");

    world.stand(world.up("hello-1"), Availability.DRAINING, "by its own word");
    JsonObject answer = world.get("/api/v1/explain?path=/x").json();
    assertThat(answer.getString("why")).isEqualTo("nobody of hello can take a request: 503");
    assertThat(answer.getValue("upstream")).isNull();
    assertThat(answer.getJsonArray("others")).hasSize(1);
  }

  @Test
  void tellsWhatIsNeverForwarded() {
    assertThat(world.get("/api/v1/explain?method=TRACE").json().getString("why"))
        .isEqualTo("TRACE is never forwarded: 405");
  }

  @Test
  void refusesWhatIsNoRequest() {
    Answer answer = world.get("/api/v1/explain?path=x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).isEqualTo("path: x (expected: begins with /)");
    assertThat(world.get("/api/v1/explain?header=x").status()).isEqualTo(400);
  }
}
