package dev.rollcall.discovery.settings;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a command line and an environment come to: run, or say something and stop.
 *
 * @param <T> the option record of the program
 */
public sealed interface Launch<T> {

  /** Settings are wrong. */
  int EXIT_SETTINGS = 2;

  /**
   * Run with these options; say the warnings first.
   *
   * @param reading where the options come from
   * @param file that was read, or null for none
   */
  record Run<T>(T options, Reading<T> reading, @Nullable Path file) implements Launch<T> {

    public List<String> warnings() {
      return reading.warnings();
    }
  }

  /** Print this and stop. */
  record Stop<T>(String out, String err, int exitCode) implements Launch<T> {

    /** Prints in UTF-8 wherever it runs: a container without a locale would make it ASCII. */
    public void print(PrintStream standardOut, PrintStream standardErr) {
      standardOut.writeBytes(out.getBytes(StandardCharsets.UTF_8));
      standardOut.flush();
      standardErr.writeBytes(err.getBytes(StandardCharsets.UTF_8));
      standardErr.flush();
    }
  }

  /** Decides; reads the settings file, changes nothing. */
  static <T> Launch<T> of(Program<T> program, List<String> args, Map<String, String> environment) {
    String configured = environment.getOrDefault(Setting.variable("config"), "");
    Path file = configured.isBlank() ? null : Path.of(configured);
    boolean check = false;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      switch (arg) {
        case "--help", "-h" -> {
          return new Stop<>(Usage.of(program), "", 0);
        }
        case "--version" -> {
          return new Stop<>(program.name() + " " + program.version() + "\n", "", 0);
        }
        case "--schema" -> {
          return new Stop<>(program.schema(), "", 0);
        }
        case "--check" -> check = true;
        case "--config" -> {
          if (i + 1 == args.size()) {
            return wrong("--config: nothing (expected: the path of a settings file)");
          }
          file = Path.of(args.get(++i));
        }
        default -> {
          if (!arg.startsWith("--config=")) {
            return wrong(arg + ": unknown argument (try --help)");
          }
          file = Path.of(arg.substring("--config=".length()));
        }
      }
    }
    return read(program, file, environment, check);
  }

  private static <T> Launch<T> read(
      Program<T> program, @Nullable Path file, Map<String, String> environment, boolean check) {
    Reading<T> reading = program.read(file, environment);
    T options = reading.options();
    if (options == null) {
      return new Stop<>("", lines(reading.faults()), EXIT_SETTINGS);
    }
    if (check) {
      String out = Usage.effective(program, reading.effective());
      return new Stop<>(out, lines(reading.warnings()), 0);
    }
    return new Run<>(options, reading, file);
  }

  private static <T> Launch<T> wrong(String line) {
    return new Stop<>("", line + "\n", EXIT_SETTINGS);
  }

  private static String lines(List<?> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
