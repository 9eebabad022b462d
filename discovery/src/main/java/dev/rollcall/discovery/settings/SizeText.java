package dev.rollcall.discovery.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: a whole number and a unit, 1 KB being 1024 bytes. */
final class SizeText {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)");

  private SizeText() {}

  static long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "KB" -> amount << 10;
      case "MB" -> amount << 20;
      case "GB" -> amount << 30;
      default -> amount;
    };
  }
}
