package dev.rollcall.proxy.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any proxy that a command starts, to compare with and to try the harness on:
 *
 * <pre>
 * -Drollcall.conformance.command="nginx -p {dir} -e stderr -c {config}"
 * -Drollcall.conformance.config=proxy/src/test/resources/conformance/nginx.conf
 * </pre>
 *
 * <p>In the template {@code {port}} is the port to listen on, {@code {dir}} a directory of its own,
 * {@code {setting|default}} a setting, and {@code [[ … ]]} is repeated for each upstream with
 * {@code {upstream}} its port and {@code {n}} its number.
 */
record CommandProxy(List<String> command, String template) implements ProxyUnderTest {

  private static final Pattern EACH = Pattern.compile("\\[\\[(.*?)]]", Pattern.DOTALL);
  private static final Pattern SETTING = Pattern.compile("\\{([a-z0-9.-]+)\\|([^}]*)}");

  static CommandProxy of(String command) {
    String config = System.getProperty("rollcall.conformance.config", "");
    try {
      return new CommandProxy(
          Arrays.asList(command.split(" ")),
          config.isEmpty() ? "" : Files.readString(Path.of(config)));
    } catch (IOException e) {
      throw new IllegalArgumentException("rollcall.conformance.config: " + config, e);
    }
  }

  @Override
  public Running start(List<Integer> ports, Map<String, String> settings) throws Exception {
    int port = freePort();
    Path dir = Files.createTempDirectory("conformance");
    Path config = dir.resolve("proxy.conf");
    Files.writeString(config, fill(port, dir, ports, settings));
    List<String> words = new ArrayList<>();
    command.forEach(w -> words.add(w.replace("{dir}", "" + dir).replace("{config}", "" + config)));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    settings.forEach(
        (k, v) ->
            builder.environment().put("ROLLCALL_" + k.toUpperCase().replaceAll("[.-]", "_"), v));
    Process process = builder.redirectOutput(dir.resolve("log").toFile()).start();
    Started started = new Started(port, process, dir);
    try {
      awaitListening(started);
      return started;
    } catch (Exception e) {
      started.close();
      throw e;
    }
  }

  private String fill(int port, Path dir, List<Integer> ports, Map<String, String> settings) {
    String text =
        EACH.matcher(template)
            .replaceAll(
                each -> {
                  StringBuilder all = new StringBuilder();
                  for (int i = 0; i < ports.size(); i++) {
                    all.append(
                        each.group(1)
                            .replace("{upstream}", "" + ports.get(i))
                            .replace("{n}", "" + i));
                  }
                  return Matcher.quoteReplacement(all.toString());
                });
    text =
        SETTING
            .matcher(text)
            .replaceAll(
                s ->
                    Matcher.quoteReplacement(
                        shortUnits(settings.getOrDefault(s.group(1), s.group(2)))));
    return text.replace("{port}", "" + port).replace("{dir}", "" + dir);
  }

  private static String shortUnits(String value) {
    return value.replace("KB", "k").replace("MB", "m");
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void awaitListening(Started started) throws Exception {
    long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), started.port)) {
        return;
      } catch (IOException e) {
        if (started.process.waitFor(20, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    throw new IllegalStateException(
        "the proxy does not listen: " + Files.readString(started.dir.resolve("log")));
  }

  /** The process and its directory. */
  record Started(int port, Process process, Path dir) implements Running {

    @Override
    public void close() throws Exception {
      process.destroy();
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      try (var files = Files.walk(dir)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
      }
    }
  }
}
