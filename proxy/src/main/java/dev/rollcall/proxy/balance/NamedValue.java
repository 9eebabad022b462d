package dev.rollcall.proxy.balance;

/**
 * Finds {@code name=value} in a list, as in a {@code Cookie} field (RFC 6265 §4.2.1) or a query,
 * without making strings. Names are compared as they stand; values are not decoded. Of several with
 * one name the first counts.
 */
final class NamedValue {

  private NamedValue() {}

  /**
   * Where the value of {@code name} begins, or -1.
   *
   * @param from where the list begins in the text
   * @param separator between the pairs; spaces around it don't count
   */
  static int begin(String text, int from, char separator, String name) {
    int pair = from;
    while (pair < text.length()) {
      while (pair < text.length() && text.charAt(pair) == ' ') {
        pair++;
      }
      int equals = pair + name.length();
      if (equals < text.length() && text.charAt(equals) == '=' && text.startsWith(name, pair)) {
        return equals + 1;
      }
      int next = text.indexOf(separator, pair);
      if (next < 0) {
        return -1;
      }
      pair = next + 1;
    }
    return -1;
  }

  /** Where a value that begins at {@code begin} ends. */
  static int end(String text, int begin, char separator) {
    int end = text.indexOf(separator, begin);
    end = end < 0 ? text.length() : end;
    while (end > begin && text.charAt(end - 1) == ' ') {
      end--;
    }
    return end;
  }
}
