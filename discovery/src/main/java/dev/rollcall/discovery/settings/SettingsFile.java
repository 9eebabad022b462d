package dev.rollcall.discovery.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The values of one YAML file by dotted key, each with its line. {@code http: {port: 80}} and
 * {@code http.port: 80} say the same.
 *
 * <p>Only the node graph is composed: no tag makes an object, and {@code off} or {@code 010} stay
 * the text that was written.
 */
final class SettingsFile {

  /** No file at all. */
  static final SettingsFile NONE = new SettingsFile("");

  private static final int DEEPEST = 16;

  private final String name;
  private final Map<String, Given> values = new LinkedHashMap<>();
  private final Map<String, Set<String>> names = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private SettingsFile(String name) {
    this.name = name;
  }

  /** Reads a file; whatever is wrong with it is in {@link #faults}. */
  static SettingsFile read(Path path) {
    SettingsFile file = new SettingsFile(path.toString());
    try {
      file.load(Files.readString(path));
    } catch (CharacterCodingException notText) {
      file.faults.add(new Fault(path + ": not UTF-8 text (expected: YAML)", Origin.DEFAULT));
    } catch (IOException unreadable) {
      file.faults.add(
          new Fault(
              path + ": " + Unreadable.why(path) + " (expected: a settings file)", Origin.DEFAULT));
    }
    return file;
  }

  /** Every value, by dotted key. */
  Map<String, Given> values() {
    return values;
  }

  List<Fault> faults() {
    return faults;
  }

  /** The names of the user's choice below a section, in order of writing. */
  Set<String> names(String section) {
    return names.getOrDefault(section, Set.of());
  }

  /** What stands below a key, by the rest of its name; null when nothing does. */
  Given.@Nullable Fields below(String key) {
    Map<String, Given> fields = new LinkedHashMap<>();
    Origin origin = Origin.DEFAULT;
    for (Map.Entry<String, Given> value : values.entrySet()) {
      if (value.getKey().startsWith(key + ".")) {
        fields.put(value.getKey().substring(key.length() + 1), value.getValue());
        origin = fields.size() == 1 ? value.getValue().origin() : origin;
      }
    }
    return fields.isEmpty() ? null : new Given.Fields(fields, origin);
  }

  private void load(String yaml) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).build();
    try {
      new Compose(settings)
          .composeString(yaml)
          .ifPresent(
              root -> {
                if (root instanceof MappingNode mapping) {
                  flatten("", mapping, 0);
                } else {
                  faults.add(new Fault("not a mapping (expected: key: value)", at(root)));
                }
              });
    } catch (MarkedYamlEngineException broken) {
      // Only the problem and its line: the exception's own text quotes the file, secrets included.
      int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      faults.add(
          new Fault(
              "not YAML: " + Given.oneLine(broken.getProblem()), new Origin.Line(name, line)));
    } catch (YamlEngineException broken) {
      faults.add(new Fault("not YAML", new Origin.Line(name, 1)));
    }
  }

  private void flatten(String path, MappingNode mapping, int depth) {
    if (depth > DEEPEST) {
      faults.add(new Fault(path + ": nested too deeply", at(mapping)));
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getValue().isBlank()) {
        faults.add(
            new Fault("a key that is no text (expected: key: value)", at(tuple.getKeyNode())));
        continue;
      }
      String full = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
      rememberNames(path, key.getValue());
      if (tuple.getValueNode() instanceof MappingNode below) {
        flatten(full, below, depth + 1);
      } else if (values.put(full, given(tuple.getValueNode(), depth)) != null) {
        faults.add(new Fault(full + ": given twice (expected: once)", at(key)));
      }
    }
  }

  /** Below a section a name may hold dots; a dotted key at the root is a path. */
  private void rememberNames(String path, String key) {
    if (!path.isEmpty()) {
      names.computeIfAbsent(path, p -> new LinkedHashSet<>()).add(key);
      return;
    }
    String[] parts = key.split("\\.");
    String section = parts[0];
    for (int i = 1; i < parts.length; i++) {
      names.computeIfAbsent(section, p -> new LinkedHashSet<>()).add(parts[i]);
      section = section + "." + parts[i];
    }
  }

  private Given given(Node node, int depth) {
    if (node instanceof ScalarNode scalar) {
      return new Given.Text(scalar.getValue(), at(node));
    }
    if (node instanceof SequenceNode sequence && depth < DEEPEST) {
      return new Given.Items(
          sequence.getValue().stream().map(item -> given(item, depth + 1)).toList(), at(node));
    }
    Map<String, Given> fields = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping && depth < DEEPEST) {
      for (NodeTuple tuple : mapping.getValue()) {
        String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        if (fields.put(name, given(tuple.getValueNode(), depth + 1)) != null) {
          faults.add(new Fault(name + ": given twice (expected: once)", at(tuple.getKeyNode())));
        }
      }
    }
    return new Given.Fields(fields, at(node));
  }

  private Origin at(Node node) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new Origin.Line(name, line);
  }
}
