package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The proxy as a process: what it prints, and how it ends. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainIT {

  private static final String LINE = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} info  .+";

  @TempDir Path dir;

  private ProcessBuilder java = new ProcessBuilder();
  private @Nullable Process process;

  @BeforeEach
  void prepare() throws IOException {
    java = ProxyJvm.builder();
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void startsAndStopsWithAFewLinesAndCodeZero() throws Exception {
    Process proxy = start();
    List<String> log = new ArrayList<>();
    BufferedReader lines = proxy.errorReader(StandardCharsets.UTF_8);
    do {
      log.add(lines.readLine());
    } while (!log.get(log.size() - 1).contains(" is open on "));
    terminate(proxy);
    lines.lines().forEach(log::add);

    assertThat(proxy.waitFor()).isZero();
    // Hazelcast's own complaints about the class path of a test are no part of this.
    assertThat(log)
        .filteredOn(line -> !line.startsWith("WARNING: "))
        .allMatch(l -> l.matches(LINE));
    assertThat(log).noneMatch(line -> line.contains("warn ") || line.contains("error "));
    assertThat(log.get(log.size() - 2)).endsWith("info  stopping");
    assertThat(log.get(log.size() - 1)).endsWith("info  stopped");
    assertThat(proxy.inputReader().readLine()).isNull();
  }

  @Test
  void stopsWithCodeZeroAlsoRightAfterItListens() throws Exception {
    Process proxy = start();
    BufferedReader lines = proxy.errorReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    while (!line.contains("dashboard on")) {
      line = lines.readLine();
    }
    terminate(proxy);

    assertThat(lines.lines()).last().asString().endsWith("info  stopped");
    assertThat(proxy.waitFor()).isZero();
  }

  @Test
  void keepsSettingsThatCameThroughAPipeAlsoOnHangup() throws Exception {
    java.command().addAll(List.of("--config", "/dev/stdin"));
    Process proxy = start();
    try (OutputStream settings = proxy.getOutputStream()) {
      settings.write("upstreams: hello=http://127.0.0.1:1\n".getBytes(StandardCharsets.UTF_8));
    }
    BufferedReader lines = proxy.errorReader(StandardCharsets.UTF_8);
    List<String> log = new ArrayList<>();
    do {
      log.add(lines.readLine());
    } while (!log.get(log.size() - 1).contains(" is open on "));
    new ProcessBuilder("kill", "-HUP", String.valueOf(proxy.pid())).start().waitFor();
    do {
      log.add(lines.readLine());
    } while (!log.get(log.size() - 1).contains("settings not reloaded"));
    terminate(proxy);

    assertThat(log.get(log.size() - 1))
        .endsWith(
            "settings not reloaded, the old ones stay: /dev/stdin: can't be read a second time"
                + " (expected: a regular file)");
    assertThat(proxy.waitFor()).isZero();
  }

  @Test
  void endsWithCodeTwoAndALineForEachFault() throws Exception {
    Path file = Files.writeString(dir.resolve("x.yml"), "htp.port: 1\ntimeout.connect: 5\n");
    java.command().addAll(List.of("--config", file.toString()));
    Process proxy = start();

    assertThat(proxy.errorReader(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "htp.port: unknown key (nearest: http.port), at " + file + ":1",
            "timeout.connect: 5 (expected: a duration such as 250ms, 1s, 2m), at " + file + ":2");
    assertThat(proxy.waitFor()).isEqualTo(2);
  }

  @Test
  void endsWithCodeOneAndOneErrorWhenAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      java.environment().put("ROLLCALL_CLUSTER_PORT", port);
      Process proxy = start();
      List<String> log = proxy.errorReader(StandardCharsets.UTF_8).lines().toList();

      assertThat(log).filteredOn(line -> !line.contains("info  ")).hasSize(1);
      assertThat(log.get(log.size() - 1))
          .endsWith(
              "cluster.port: " + port + " is taken by another program (expected: a free port)");
      assertThat(proxy.waitFor()).isEqualTo(1);
    }
  }

  @Test
  void checksWithoutStarting() throws Exception {
    java.command().add("--check");
    Process proxy = start();

    assertThat(proxy.inputReader(StandardCharsets.UTF_8).readLine()).endsWith("would run with");
    assertThat(proxy.waitFor()).isZero();
  }

  @Test
  void looksAtAnotherProxyWithoutStarting() throws Exception {
    String nobody = ProxyJvm.freePort();
    java.command().addAll(List.of("ctl", "members", "--url", "http://127.0.0.1:" + nobody));
    Process ctl = start();

    assertThat(ctl.waitFor()).isEqualTo(1);
    assertThat(new String(ctl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("127.0.0.1:" + nobody + ": no answer")
        .hasLineCount(1);
  }

  private Process start() throws IOException {
    Process started = java.start();
    process = started;
    return started;
  }

  /** SIGTERM; {@link Process#destroy} would also close what we read from. */
  private static void terminate(Process proxy) {
    proxy.toHandle().destroy();
  }
}
