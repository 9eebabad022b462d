package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.proxy.admin.AdminWorld.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest {

  private static final String DRAIN = "/api/v1/instances/hello-1/drain";
  private static final String RESUME = "/api/v1/instances/hello-1/resume";
  private static final String WEIGHT = "/api/v1/instances/hello-1/weight";
  private static final String BY = "admin@127.0.0.1";
  private static final String AT = AdminWorld.NOW.toString();

  private final AdminWorld world = AdminWorld.withToken();

  ChangesTest() {
    world.up("hello-1");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void writesDrainAndResumeForEveryProxy() {
    Answer drained = world.change(HttpMethod.POST, DRAIN, null);

    assertThat(drained.status()).isEqualTo(200);
    assertThat(drained.json())
        .isEqualTo(
            new JsonObject()
                .put("id", "hello-1")
                .put("name", "hello-1")
                .put("weight", null)
                .put("drain", true)
                .put("by", BY)
                .put("at", AT));
    assertThat(world.written).containsEntry("hello-1", new InstanceOverride(null, true, BY, AT));

    assertThat(world.change(HttpMethod.POST, RESUME, null).status()).isEqualTo(200);
    assertThat(world.written).containsEntry("hello-1", new InstanceOverride(null, false, BY, AT));
  }

  @Test
  void aWeightAndADrainDoNotUndoEachOther() {
    world.change(HttpMethod.PUT, WEIGHT, "{\"weight\": 7}");
    world.change(HttpMethod.POST, DRAIN, null);
    assertThat(world.written).containsEntry("hello-1", new InstanceOverride(7, true, BY, AT));

    world.change(HttpMethod.PUT, WEIGHT, "{\"weight\": 0}");
    assertThat(world.written).containsEntry("hello-1", new InstanceOverride(0, true, BY, AT));

    world.change(HttpMethod.PUT, WEIGHT, "{\"weight\": null}");
    assertThat(world.written).containsEntry("hello-1", new InstanceOverride(null, true, BY, AT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "7",
        "null",
        "{\"weight\": -1}",
        "{\"weight\": 1001}",
        "{\"weight\": 1.5}",
        "{\"weight\": \"7\"}",
        "{\"weight\": 99999999999}",
        "{\"weight\":"
      })
  void refusesWhatIsNoWeight(String body) {
    Answer answer = world.change(HttpMethod.PUT, WEIGHT, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).isEqualTo("expected: {\"weight\": n}, n 0 to 1000 or null");
    assertThat(world.written).isEmpty();
  }

  @Test
  void refusesLargeBodies() {
    assertThat(world.change(HttpMethod.PUT, WEIGHT, " ".repeat(5000)).status()).isEqualTo(413);
  }

  @Test
  void asksForTheToken() {
    Answer answer = world.ask(HttpMethod.POST, DRAIN, null, Map.of());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().get("WWW-Authenticate")).isEqualTo("Bearer realm=\"rollcall\"");
    assertThat(world.written).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer ",
        "Bearer",
        "Basic Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZQ==",
        "correct horse battery staple",
        "Bearer correct horse battery stapl",
        "Bearer correct horse battery staple2"
      })
  void refusesWrongTokens(String authorization) {
    Answer answer = world.ask(HttpMethod.POST, DRAIN, null, Map.of("Authorization", authorization));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().get("WWW-Authenticate")).startsWith("Bearer ");
    assertThat(world.written).isEmpty();
  }

  @Test
  void tellsUnknownInstancesOnlyToWhoMayChange() {
    String unknown = "/api/v1/instances/nobody/drain";

    assertThat(world.ask(HttpMethod.POST, unknown, null, Map.of()).status()).isEqualTo(401);
    Answer answer = world.change(HttpMethod.POST, unknown, null);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.detail()).isEqualTo("no instance nobody is on the roll");
  }

  @Test
  void namesTheSettingWhenNobodyMay() {
    try (AdminWorld closed = new AdminWorld(AdminTokens.NONE, "round-robin")) {
      closed.up("hello-1");
      Answer answer = closed.change(HttpMethod.POST, DRAIN, null);

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.detail()).contains("admin.token").contains("ROLLCALL_ADMIN_TOKEN");
      assertThat(closed.written).isEmpty();
    }
  }

  @Test
  void makesGuessersWait() {
    Map<String, String> wrong = Map.of("Authorization", "Bearer wrong");
    for (int i = 0; i < FailedTokens.AT_ONCE; i++) {
      assertThat(world.ask(HttpMethod.POST, DRAIN, null, wrong).status()).isEqualTo(401);
    }
    Answer answer = world.change(HttpMethod.POST, DRAIN, null);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.headers().get("Retry-After"))).isBetween(1, 6);
    assertThat(world.written).isEmpty();
  }

  @Test
  void saysWhenTheRegistryDoesNotTakeIt() {
    world.registryFault = new IllegalStateException("the cluster can't be reached");
    Answer answer = world.change(HttpMethod.POST, DRAIN, null);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.detail())
        .isEqualTo("the registry doesn't take it: the cluster can't be reached");
  }

  @Test
  void refusesPagesOfOtherOrigins() {
    String host = "127.0.0.1:" + world.port;
    for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:1", "x:"}) {
      Answer answer =
          world.ask(
              HttpMethod.POST,
              DRAIN,
              null,
              Map.of("Authorization", "Bearer " + AdminWorld.TOKEN, "Origin", origin));
      assertThat(answer.status()).as(origin).isEqualTo(403);
    }
    assertThat(foreignSite("cross-site")).isEqualTo(403);
    assertThat(foreignSite("same-site")).isEqualTo(403);
    assertThat(world.written).isEmpty();

    assertThat(foreignSite("same-origin")).isEqualTo(200);
    assertThat(
            world
                .ask(
                    HttpMethod.POST,
                    DRAIN,
                    null,
                    Map.of(
                        "Authorization", "Bearer " + AdminWorld.TOKEN, "Origin", "http://" + host))
                .status())
        .isEqualTo(200);
  }

  private int foreignSite(String site) {
    return world
        .ask(
            HttpMethod.POST,
            DRAIN,
            null,
            Map.of("Authorization", "Bearer " + AdminWorld.TOKEN, "Sec-Fetch-Site", site))
        .status();
  }
}
