package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A proxy's process, and the settings file that it was started with, which a test changes. */
final class FileProxy implements AutoCloseable {

  private final Path file;
  private int port;
  private int admin;
  private @Nullable Process process;
  private @Nullable BufferedReader log;

  /**
   * @param dir where its file is
   */
  FileProxy(Path dir) {
    this.file = dir.resolve("settings.yml");
  }

  Path file() {
    return file;
  }

  int port() {
    return port;
  }

  int admin() {
    return admin;
  }

  void start(String yaml) throws Exception {
    Files.writeString(file, yaml);
    ProcessBuilder java = ProxyJvm.builder();
    java.command().addAll(List.of("--config", file.toString()));
    process = java.start();
    log = process.errorReader(StandardCharsets.UTF_8);
    port = portIn(logged("listening on"));
    admin = portIn(logged("dashboard on"));
    logged(" is open on ");
  }

  /** As careful editors do: a whole new file takes the place of the old one. */
  void replace(String yaml) throws IOException {
    Path next = Files.writeString(file.resolveSibling("settings.yml.new"), yaml);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void hangup() throws Exception {
    String pid = String.valueOf(process == null ? -1 : process.pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }

  /** The next line that says so. */
  String logged(String words) {
    try {
      String line = "";
      while (line != null && !line.contains(words)) {
        line = log == null ? null : log.readLine();
      }
      return line == null ? "the process has ended" : line;
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  /** Nobody reads its standard output any more. */
  void leaveUnread() throws IOException {
    if (process != null) {
      process.getInputStream().close();
    }
  }

  private static int portIn(String line) {
    return Integer.parseInt(line.replaceAll(".*:(\\d+).*", "$1"));
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
