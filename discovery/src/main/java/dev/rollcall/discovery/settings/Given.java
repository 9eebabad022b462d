package dev.rollcall.discovery.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A value as it was written, before a {@link ValueType} makes sense of it. */
sealed interface Given {

  Origin origin();

  /** How the value is shown to a person: on one line, not for ever. */
  String shown();

  /** The whole value, to tell whether it has changed; for no person's eyes. */
  String written();

  /** A scalar of the file, or a whole environment variable. */
  record Text(String text, Origin origin) implements Given {
    @Override
    public String shown() {
      return text.isBlank() ? "nothing" : oneLine(text);
    }

    @Override
    public String written() {
      return text.strip();
    }
  }

  /** A sequence of the file. */
  record Items(List<Given> items, Origin origin) implements Given {
    @Override
    public String shown() {
      return items.stream().map(Given::shown).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String written() {
      return items.stream().map(Given::written).toList().toString();
    }
  }

  /** A mapping of the file. */
  record Fields(Map<String, Given> fields, Origin origin) implements Given {
    @Override
    public String shown() {
      return "{" + String.join(", ", fields.keySet()) + "}";
    }

    @Override
    public String written() {
      return fields.entrySet().stream()
          .map(field -> field.getKey() + "=" + field.getValue().written())
          .toList()
          .toString();
    }
  }

  /** Control characters would break the line, or the terminal. */
  static String oneLine(String text) {
    String clean = text.replaceAll("\\p{Cntrl}+", " ");
    return clean.length() <= 80 ? clean : clean.substring(0, 77) + "...";
  }
}
