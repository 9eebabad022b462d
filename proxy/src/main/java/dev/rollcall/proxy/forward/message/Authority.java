package dev.rollcall.proxy.forward.message;

import java.util.Locale;

/**
 * The syntax of {@code Host} and {@code :authority} (RFC 9110 §7.2, RFC 3986 §3.2), without user
 * information.
 */
public final class Authority {

  private Authority() {}

  public static boolean isValid(CharSequence text) {
    int length = text.length();
    if (length == 0) {
      return false;
    }
    int port = text.charAt(0) == '[' ? endOfLiteral(text) : endOfName(text);
    return port > 0 && (port == length || isPort(text, port));
  }

  /** Host in lower case, without port. */
  public static String host(String authority) {
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    String host = end <= 0 ? authority : authority.substring(0, end);
    return host.toLowerCase(Locale.ROOT);
  }

  private static int endOfLiteral(CharSequence text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ']') {
        return i > 2 ? i + 1 : -1;
      }
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return -1;
      }
    }
    return -1;
  }

  private static int endOfName(CharSequence text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) != ':') {
      char c = text.charAt(i);
      if (!isNameChar(c) || (c == '%' && !isEscape(text, i))) {
        return -1;
      }
      i++;
    }
    return i == 0 ? -1 : i;
  }

  private static boolean isEscape(CharSequence text, int percent) {
    return percent + 2 < text.length()
        && Character.digit(text.charAt(percent + 1), 16) >= 0
        && Character.digit(text.charAt(percent + 2), 16) >= 0;
  }

  /** unreserved / pct-encoded / sub-delims. */
  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~%!$&'()*+,;=".indexOf(c) >= 0;
  }

  private static boolean isPort(CharSequence text, int colon) {
    if (text.charAt(colon) != ':') {
      return false;
    }
    int port = 0;
    for (int i = colon + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || (port = port * 10 + c - '0') > 65535) {
        return false;
      }
    }
    return true;
  }
}
