package dev.rollcall.discovery.settings;

import io.vertx.core.json.JsonObject;
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

  /** The settings file as JSON Schema, for editors. */
  public String schema() {
    Sources sources = Sources.describing();
    Objects.requireNonNull(options.apply(new Settings(sources, "", false)));
    SchemaTree tree = new SchemaTree();
    elsewhere.keys().stream()
        .filter(key -> !key.endsWith(".*"))
        .forEach(key -> tree.put(key, new JsonObject().put("description", "of another process")));
    for (Sources.Asked asked : sources.asked()) {
      Setting setting = asked.setting();
      String about =
          "%s. Default: %s. Expected: %s."
              .formatted(setting.meaning(), setting.fallback(), setting.expected());
      tree.put(setting.key(), new JsonObject().put("description", about).mergeIn(asked.schema()));
    }
    return tree.document("Settings of " + name).encodePrettily() + "\n";
  }

  private static Reading.Effective effective(Sources.Asked asked) {
    Given given = asked.given();
    if (given == null) {
      return new Reading.Effective(
          asked.setting(), asked.setting().fallback(), asked.written(), Origin.DEFAULT);
    }
    String shown = asked.secret() ? "(not shown)" : given.shown();
    return new Reading.Effective(asked.setting(), shown, asked.written(), given.origin());
  }
}
