package dev.rollcall.discovery.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known key somebody may have meant. */
final class NearestKey {

  private NearestKey() {}

  static Optional<String> of(String unknown, Collection<String> known) {
    String wanted = plain(unknown);
    return known.stream()
        .min(
            Comparator.<String>comparingInt(k -> distance(wanted, plain(k))).thenComparing(k -> k));
  }

  /** A key that only lacks its first part, or spells its separators otherwise, is near. */
  private static int distance(String wanted, String known) {
    int whole = edits(wanted, known);
    return known.endsWith("." + wanted) ? Math.min(whole, 2) : whole;
  }

  private static String plain(String key) {
    return key.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Levenshtein's edit distance, two rows at a time. */
  private static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
