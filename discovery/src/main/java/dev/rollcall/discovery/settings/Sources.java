package dev.rollcall.discovery.settings;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The file and the environment of one reading, and what it has brought to light so far. */
final class Sources {

  private static final String OURS = "ROLLCALL_";
  private static final String FILE_ITSELF = Setting.variable("config");

  /** A declared setting and what was given for it. */
  record Asked(
      Setting setting,
      @Nullable Given given,
      JsonObject schema,
      boolean secret,
      @Nullable Secret resolved) {

    /** The whole value, that of a secret too. */
    Secret written() {
      if (secret && resolved != null) {
        return resolved;
      }
      return new Secret(given == null ? setting.fallback() : given.written());
    }
  }

  private final SettingsFile file;
  private final Map<String, String> environment;
  private final boolean describing;
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Set<String> keyed = new LinkedHashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<Fault> faults = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  private Sources(SettingsFile file, Map<String, String> environment, boolean describing) {
    this.file = file;
    this.environment = environment;
    this.describing = describing;
    faults.addAll(file.faults());
  }

  static Sources of(SettingsFile file, Map<String, String> environment) {
    return new Sources(file, environment, false);
  }

  /** Sources that say nothing, to learn what is asked; every section has one called NAME. */
  static Sources describing() {
    return new Sources(SettingsFile.NONE, Map.of(), true);
  }

  Set<String> names(String section) {
    return describing ? Set.of(SchemaTree.NAME) : file.names(section);
  }

  /** What was given for a key: the environment beats the file. */
  @Nullable Given given(String key, ValueType<?> type, boolean fileOnly) {
    if (type.keyed()) {
      keyed.add(key);
    }
    Given variable = fileOnly ? null : variable(key);
    if (variable != null) {
      return variable;
    }
    Given value = file.values().get(key);
    return value == null && type.keyed() ? file.below(key) : value;
  }

  private @Nullable Given variable(String key) {
    String name = Setting.variable(key);
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.startsWith("tcp://")) {
      warn(name + ": " + Given.oneLine(value) + " ignored, it looks injected by an orchestrator");
      return null;
    }
    return new Given.Text(value, new Origin.Variable(name));
  }

  void declare(Setting setting, @Nullable Given given, JsonObject schema) {
    asked.put(setting.key(), new Asked(setting, given, schema, false, null));
  }

  @Nullable Secret secret(String key, String meaning, boolean fileOnly) {
    String fileKey = key + "-file";
    Given direct = given(key, ValueType.TEXT, fileOnly);
    Given path = given(fileKey, ValueType.FILE, fileOnly);
    Setting setting = new Setting(key, "some text", "none", meaning, fileOnly);
    asked.put(key, new Asked(setting, direct, Schemas.scalar(), true, null));
    declare(
        new Setting(fileKey, "the path of a file", "none", key + ", read from a file", fileOnly),
        path,
        ValueType.FILE.schema());
    Secret resolved = new SecretLookup(this).resolve(key, direct, fileKey, path);
    asked.put(key, new Asked(setting, direct, Schemas.scalar(), true, resolved));
    return resolved;
  }

  boolean isGiven(String key) {
    Asked entry = asked.get(key);
    return entry != null && entry.given() != null;
  }

  void refuse(String key, String expected) {
    Asked entry = asked.get(key);
    if (entry == null || entry.given() == null) {
      fault(Fault.misfit(key, "nothing", expected, beside(key)));
      return;
    }
    refused.add(key);
    if (isRefusedOutside(entry)) {
      return;
    }
    String shown = entry.secret() ? "(not shown)" : entry.given().shown();
    fault(Fault.misfit(key, shown, expected, entry.given().origin()));
  }

  /** What a section merely inherits is one fault, not one for each section. */
  private boolean isRefusedOutside(Asked entry) {
    if (!entry.setting().inherited()) {
      return false;
    }
    String outside = entry.setting().inheritedFrom();
    Asked from = asked.get(outside);
    return refused.contains(outside) && from != null && Objects.equals(from.given(), entry.given());
  }

  /** A line of the file for what is missing: the first of its section. */
  private Origin beside(String key) {
    String section = key.substring(0, key.lastIndexOf('.') + 1);
    return file.values().entrySet().stream()
        .filter(value -> !section.isEmpty() && value.getKey().startsWith(section))
        .map(value -> value.getValue().origin())
        .findFirst()
        .orElse(Origin.DEFAULT);
  }

  void fault(Fault fault) {
    faults.add(fault);
  }

  void warn(String line) {
    warnings.add(line);
  }

  /** Looks for what nobody asked for, here or elsewhere. */
  void close(Elsewhere elsewhere) {
    for (Map.Entry<String, Given> value : file.values().entrySet()) {
      String key = value.getKey();
      if (!isKnown(key) && !isEmptySection(key, value.getValue()) && !elsewhere.hasKey(key)) {
        fault(
            new Fault(
                key + ": unknown key" + nearest(key, asked.keySet()), value.getValue().origin()));
      }
    }
    Set<String> variables =
        asked.values().stream()
            .filter(entry -> !entry.setting().fileOnly())
            .map(entry -> entry.setting().variable())
            .collect(Collectors.toSet());
    variables.add(FILE_ITSELF);
    for (String name : new TreeMap<>(environment).keySet()) {
      if (name.startsWith(OURS) && !variables.contains(name) && !elsewhere.hasVariable(name)) {
        warn(name + ": unknown variable, ignored" + nearest(name, variables));
      }
    }
  }

  private boolean isKnown(String key) {
    return asked.containsKey(key) || keyed.stream().anyMatch(k -> key.startsWith(k + "."));
  }

  /** {@code http:} with every line below it commented out. */
  private boolean isEmptySection(String key, Given given) {
    return given instanceof Given.Text text
        && text.text().isBlank()
        && asked.keySet().stream().anyMatch(k -> k.startsWith(key + "."));
  }

  private static String nearest(String name, Set<String> known) {
    return NearestKey.of(name, known).map(near -> " (nearest: " + near + ")").orElse("");
  }

  List<Fault> faults() {
    List<Fault> sorted = new ArrayList<>(faults);
    sorted.sort(
        Comparator.comparingInt(
            fault -> fault.where() instanceof Origin.Line line ? line.line() : Integer.MAX_VALUE));
    return List.copyOf(sorted);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  List<Asked> asked() {
    return List.copyOf(asked.values());
  }
}
