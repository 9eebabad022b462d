package dev.rollcall.discovery.settings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parts of a value: as the file has them, or between the separators of one text. */
final class Parts {

  private Parts() {}

  static List<Given> items(Given given, String separator) throws Misfit {
    if (given instanceof Given.Items items) {
      return items.items();
    }
    if (given instanceof Given.Text text) {
      return Arrays.stream(text.text().split(Pattern.quote(separator)))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .<Given>map(part -> new Given.Text(part, text.origin()))
          .toList();
    }
    throw new Misfit(given, "a list");
  }

  static Map<String, Given> fields(Given given, String separator, String expected) throws Misfit {
    if (given instanceof Given.Fields fields) {
      return fields.fields();
    }
    Map<String, Given> fields = new LinkedHashMap<>();
    for (Given item : items(given, separator)) {
      String pair = item instanceof Given.Text text ? text.text() : "";
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new Misfit(item, expected);
      }
      String name = pair.substring(0, equals).strip();
      Given value = new Given.Text(pair.substring(equals + 1).strip(), item.origin());
      if (fields.put(name, value) != null) {
        throw new Misfit(item, name + " only once");
      }
    }
    return fields;
  }
}
