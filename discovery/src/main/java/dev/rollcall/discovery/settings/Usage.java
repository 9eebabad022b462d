package dev.rollcall.discovery.settings;

import java.util.List;
import java.util.stream.Collectors;

/** What {@code --help} and {@code --check} print. */
final class Usage {

  private static final String ONLY_IN_THE_FILE =
      "; settings of one service (services.NAME.…) stand only in the file";

  private Usage() {}

  private static boolean hasServices(Program<?> program) {
    return program.settings().stream().anyMatch(one -> one.key().startsWith("services."));
  }

  static String of(Program<?> program) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        %1$s %2$s: %3$s

        usage: java -jar %1$s.jar [--config FILE] [--check]

          --config FILE   read settings from this YAML file (or ROLLCALL_CONFIG)
          --check         read the settings, print what would run, and stop
          --schema        print a JSON Schema of the settings file, for editors
          --help          this text
          --version       the version
        %4$s
        Each setting is a key of the file and an environment variable; the environment wins.
        http.port is ROLLCALL_HTTP_PORT%5$s.
        Exit codes: 0 asked to stop and stopped, 2 settings are wrong, 1 anything else.

        """
            .formatted(
                program.name(),
                program.version(),
                program.summary(),
                program.commands(),
                hasServices(program) ? ONLY_IN_THE_FILE : ""));
    List<Setting> settings = program.settings().stream().filter(s -> !s.inherited()).toList();
    int width = widest(settings);
    for (Setting setting : settings) {
      text.append("  ")
          .append(padded(setting.key(), width))
          .append("  ")
          .append(setting.meaning())
          .append(" [")
          .append(setting.fallback())
          .append("]\n");
    }
    String inherited =
        program.settings().stream()
            .filter(Setting::inherited)
            .map(Setting::key)
            .collect(Collectors.joining("\n  "));
    return inherited.isEmpty()
        ? text.toString()
        : text + "\nof one service, else as for all:\n  " + inherited + "\n";
  }

  static String effective(Program<?> program, List<Reading.Effective> values) {
    int width = widest(values.stream().map(Reading.Effective::setting).toList());
    StringBuilder text = new StringBuilder();
    text.append(program.name()).append(' ').append(program.version()).append(" would run with\n");
    for (Reading.Effective value : values) {
      text.append("  ").append(padded(value.setting().key(), width)).append("  ");
      text.append(value.shown());
      if (!(value.origin() instanceof Origin.Default)) {
        text.append("  (").append(value.origin()).append(")");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int widest(List<Setting> settings) {
    return settings.stream().mapToInt(setting -> setting.key().length()).max().orElse(0);
  }

  private static String padded(String key, int width) {
    return key + " ".repeat(width - key.length());
  }
}
