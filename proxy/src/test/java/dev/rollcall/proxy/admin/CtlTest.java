package dev.rollcall.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.proxy.ctl.Ctl;
import dev.rollcall.proxy.roll.Availability;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rollcall-proxy ctl} against a real admin port. */
class CtlTest {

  private static final Map<String, String> TOKEN = Map.of("ROLLCALL_ADMIN_TOKEN", AdminWorld.TOKEN);

  private final AdminWorld world = AdminWorld.withToken();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void showsWhoIsThereAndWhy() {
    world.up("hello-1");
    world.stand(world.up("hello-2"), Availability.EJECTED, "5 failures in a row");

    assertThat(ctl(Map.of(), "members")).isZero();
    assertThat(lines().get(0)).startsWith("SERVICE  NAME");
    assertThat(lines().get(1)).contains("hello-1", "up", "answered its probe");
    assertThat(lines().get(2)).contains("hello-2", "ejected", "5 failures in a row");
    assertThat(lines()).hasSize(3).allMatch(line -> line.equals(line.stripTrailing()));
  }

  @Test
  void countsByService() {
    world.up("hello-1");
    world.stand(world.up("hello-2"), Availability.DOWN, "connection refused");

    assertThat(ctl(Map.of(), "services")).isZero();
    assertThat(lines().get(1).split(" +")).startsWith("hello", "1", "2", "round-robin");
    assertThat(ctl(Map.of(), "members", "--service", "other")).isZero();
    assertThat(lines()).hasSize(1);
  }

  @Test
  void jsonIsWhatTheApiAnswers() {
    world.up("hello-1");

    ctl(Map.of(), "members", "--json");
    assertThat(new JsonArray(said()))
        .isEqualTo(new JsonArray(world.get("/api/v1/services").body()));
  }

  @Test
  void drainsResumesAndWeighsByName() {
    world.up("hello-1");

    assertThat(ctl(TOKEN, "drain", "hello-1")).isZero();
    assertThat(said()).isEqualTo("hello-1 gets no new requests\n");
    assertThat(wish().drain()).isTrue();
    assertThat(ctl(TOKEN, "resume", "hello-1")).isZero();
    assertThat(wish().drain()).isFalse();
    assertThat(ctl(TOKEN, "weight", "hello-1", "7")).isZero();
    assertThat(wish().weight()).isEqualTo(7);
    assertThat(ctl(TOKEN, "weight", "hello-1", "registered")).isZero();
    assertThat(wish().weight()).isNull();
  }

  @Test
  void takesTheTokenFromAFile() throws IOException {
    world.up("hello-1");
    Path file = directory.resolve("token");
    Files.writeString(file, AdminWorld.TOKEN + "\n");

    assertThat(ctl(Map.of(), "drain", "hello-1", "--token-file", file.toString())).isZero();
    assertThat(ctl(Map.of("ROLLCALL_ADMIN_TOKEN_FILE", file.toString()), "resume", "hello-1"))
        .isZero();
  }

  @Test
  void neverTakesTheTokenFromTheCommandLine() {
    assertThat(ctl(Map.of(), "drain", "hello-1", "--token", "secret")).isEqualTo(2);
    assertThat(complaint()).contains("--token-file FILE").doesNotContain("secret");
  }

  @Test
  void saysOneLineWhenItIsRefused() {
    world.up("hello-1");

    assertThat(ctl(Map.of(), "drain", "hello-1")).isEqualTo(2);
    assertThat(complaint()).contains("ROLLCALL_ADMIN_TOKEN");
    assertThat(ctl(Map.of("ROLLCALL_ADMIN_TOKEN", "wrong"), "drain", "hello-1")).isEqualTo(1);
    assertThat(complaint()).contains("401 this isn't admin.token");
    assertThat(ctl(TOKEN, "drain", "nobody")).isEqualTo(1);
    assertThat(complaint()).contains("nobody of that name or id");
    assertThat(ctl(TOKEN, "weight", "hello-1", "1001")).isEqualTo(1);
    assertThat(complaint()).contains("400 ");
    assertThat(world.written).isEmpty();
  }

  @Test
  void saysOneLineWhenNobodyAnswers() {
    int nobody = world.port;
    world.close();

    assertThat(run(Map.of(), "members", "--url", "http://127.0.0.1:" + nobody)).isEqualTo(1);
    assertThat(complaint()).contains("no answer", "--url").hasLineCount(1);
  }

  @Test
  void saysWhatItExpects() {
    assertThat(ctl(Map.of(), "membres")).isEqualTo(2);
    assertThat(complaint()).contains("membres: unknown command");
    assertThat(ctl(Map.of(), "members", "--colour", "red")).isEqualTo(2);
    assertThat(ctl(Map.of(), "members", "--url")).isEqualTo(2);
    assertThat(ctl(Map.of(), "drain")).isEqualTo(2);
    assertThat(ctl(Map.of(), "weight", "hello-1", "heavy")).isEqualTo(2);
    assertThat(run(Map.of(), "members", "--url", "ftp://x")).isEqualTo(2);
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(said()).contains("members", "drain", "resume", "weight", "explain", "events");
  }

  @Test
  void explainsARequest() {
    world.up("hello-1");

    assertThat(ctl(Map.of(), "explain", "--path", "/a?b=c", "--header", "Cookie: a=b")).isZero();
    assertThat(said()).contains("to hello-1", "round-robin");
    ctl(Map.of(), "explain", "--json", "--method", "TRACE");
    assertThat(new JsonObject(said()).getString("why")).contains("405");
  }

  @Test
  void printsTheEventsThatAreKept() {
    world.stand(world.up("hello-1"), Availability.SUSPECT, "no heartbeat");

    assertThat(ctl(Map.of(), "events")).isZero();
    assertThat(lines()).last().asString().contains("hello-1", "up -> suspect", "no heartbeat");
    ctl(Map.of(), "events", "--json");
    assertThat(lines()).allMatch(line -> new JsonObject(line).containsKey("reason"));
  }

  private InstanceOverride wish() {
    return world.written.get("hello-1");
  }

  private int ctl(Map<String, String> environment, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(1, "--url=http://127.0.0.1:" + world.port + "/");
    return run(environment, all.toArray(String[]::new));
  }

  private int run(Map<String, String> environment, String... args) {
    out.reset();
    err.reset();
    return Ctl.run(List.of(args), environment, new PrintStream(out), new PrintStream(err));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private List<String> lines() {
    return said().lines().toList();
  }
}
