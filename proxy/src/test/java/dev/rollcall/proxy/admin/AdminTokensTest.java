package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Elsewhere;
import dev.rollcall.discovery.settings.Program;
import dev.rollcall.discovery.settings.Reading;
import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.proxy.admin.AdminWorld.Answer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminTokensTest {

  private static final Program<AdminTokens> PROGRAM =
      new Program<>("tokens", "0", "", AdminTokens::read, Elsewhere.NOTHING);

  @Test
  void eachTokenHasItsName() {
    assertThat(read("alice=a1, bob=b=2\n\n").byName())
        .containsOnly(Map.entry("alice", new Secret("a1")), Map.entry("bob", new Secret("b=2")));
  }

  @Test
  void theUnnamedOneStandsBeside() {
    Reading<AdminTokens> reading =
        PROGRAM.read(
            null, Map.of("ROLLCALL_ADMIN_TOKENS", "alice=a1", "ROLLCALL_ADMIN_TOKEN", "t"));
    assertThat(reading.options().byName()).containsOnlyKeys("admin", "alice");
  }

  @Test
  void saysWhatItExpectsWithoutShowingAny() {
    for (String wrong : new String[] {"hunter2", "alice=", "=x", "a b=c", "alice=x,alice=y"}) {
      String faults =
          PROGRAM.read(null, Map.of("ROLLCALL_ADMIN_TOKENS", wrong)).faults().toString();
      assertThat(faults).contains("admin.tokens", "name=token").doesNotContain("hunter2");
    }
  }

  @Test
  void theEventsNameWhoAskedAndWhen() {
    AdminTokens tokens =
        new AdminTokens(Map.of("alice", new Secret("a1"), "bob", new Secret("b2")));
    try (AdminWorld world = new AdminWorld(tokens, "round-robin")) {
      world.up("hello-1");
      Answer answer =
          world.ask(
              HttpMethod.PUT,
              "/api/v1/instances/hello-1/weight",
              "{\"weight\": 5}",
              Map.of("Authorization", "Bearer b2"));

      assertThat(answer.json().getString("by")).isEqualTo("bob@127.0.0.1");
      assertThat(world.get("/api/v1/events?history=1&follow=false").body())
          .contains("weight 5, asked by bob@127.0.0.1 at " + AdminWorld.NOW);
    }
  }

  /** Whichever fits, the first, the last or none, all are looked at. */
  @Test
  void eachTokenIsComparedToTheEnd() throws IOException {
    String source =
        Files.readString(
            Path.of(System.getProperty("basedir", "."))
                .resolve("src/main/java/dev/rollcall/proxy/admin/TokenCheck.java"));
    String comparison = source.substring(source.indexOf("String owner(String authorization)"));
    String loop = comparison.substring(comparison.indexOf("for ("), comparison.indexOf("return"));

    assertThat(loop).contains("MessageDigest.isEqual(").doesNotContain("break", ".equals(");
  }

  private static AdminTokens read(String text) {
    return PROGRAM.read(null, Map.of("ROLLCALL_ADMIN_TOKENS", text)).options();
  }
}
