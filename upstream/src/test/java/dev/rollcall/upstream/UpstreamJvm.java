package dev.rollcall.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The upstream as a process of its own, as people start it. */
final class UpstreamJvm implements AutoCloseable {

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  UpstreamJvm(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Path.of("target", "rollcall-upstream.jar").toString()));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("ROLLCALL_"));
    builder.environment().put("ROLLCALL_HTTP_HOST", "127.0.0.1");
    builder.environment().put("ROLLCALL_INSTANCE_NAME", "hello-1");
    builder.environment().putAll(environment);
    process = builder.start();
    reader = new Thread(this::read, "reader");
    reader.setDaemon(true);
    reader.start();
  }

  /** Waits for a line that contains this; returns it. */
  String await(String part) throws InterruptedException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    synchronized (lines) {
      while (lines.stream().noneMatch(line -> line.contains(part))) {
        if (System.nanoTime() > giveUp || !reader.isAlive()) {
          throw new AssertionError("no line with '" + part + "' in " + lines);
        }
        lines.wait(100);
      }
      return lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }
  }

  /** The port that it says it listens on. */
  int port() throws InterruptedException {
    Matcher port = Pattern.compile("listening on .*:(\\d+)").matcher(await("listening on"));
    if (!port.find()) {
      throw new AssertionError(lines());
    }
    return Integer.parseInt(port.group(1));
  }

  /** Asks it to stop, as {@code docker stop} does. */
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would also stop listening to what it says
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + lines());
    }
    reader.join(60_000);
    return process.exitValue();
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
