package dev.rollcall.discovery.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A process with settings: what it is called, and the option record that it reads.
 *
 * @param name of the command, as {@code rollcall-proxy}
 * @param version as {@code --version} says it
 * @param summary one line for {@code --help}
 * @param commands lines of {@code --help} on what else it does, or none
 * @param options reads the option record, and declares every key by doing so
 * @param elsewhere keys of the other process
 */
public record Program<T>(
    String name,
    String version,
    String summary,
    String commands,
    Function<Settings, T> options,
    Elsewhere elsewhere) {

  /** Without further commands. */
  public Program(
      String name,
      String version,
      String summary,
      Function<Settings, T> options,
      Elsewhere elsewhere) {
    this(name, version, summary, "", options, elsewhere);
  }

  /** Reads the settings from a file, or none, and the environment. */
  public Reading<T> read(@Nullable Path file, Map<String, String> environment) {
    SettingsFile yaml = file == null ? SettingsFile.NONE : SettingsFile.read(file);
    Sources sources = Sources.of(yaml, environment);
    T read = null;
    try {
      read = options.apply(new Settings(sources, "", false));
    } catch (IllegalArgumentException refused) {
      sources.fault(new Fault(String.valueOf(refused.getMessage()), Origin.DEFAULT));
    }
    sources.close(elsewhere);
    List<Fault> faults = sources.faults();
    return new Reading<>(
        faults.isEmpty() ? read : null,
        faults,
        sources.warnings(),
        sources.asked().stream().map(Program::effective).toList());
  }

  /** The declaration of every setting, in order of reading. */
  public List<Setting> settings() {
    Sources sources = Sources.describing();
    Objects.requireNonNull(options.apply(new Settings(sources, "", false)));
    return sources.asked().stream().map(Sources.Asked::setting).toList();
  }

  private static Reading.Effective effective(Sources.Asked asked) {
    Given given = asked.given();
    if (given == null) {
      return new Reading.Effective(asked.setting(), asked.setting().fallback(), Origin.DEFAULT);
    }
    String shown = asked.secret() ? "(not shown)" : given.shown();
    return new Reading.Effective(asked.setting(), shown, given.origin());
  }
}
