package dev.rollcall.proxy.forward.message;

import io.netty.util.AsciiString;

/** What may stand in a field's name and value (RFC 9110 §5.1, §5.5, §5.6.2). */
public final class FieldRules {

  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) {
      TOKEN[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      TOKEN[c] = true;
      TOKEN[Character.toUpperCase(c)] = true;
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private static final AsciiString LENGTH = AsciiString.cached("content_length");
  private static final AsciiString ENCODING = AsciiString.cached("transfer_encoding");

  private FieldRules() {}

  public static boolean isToken(CharSequence text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 128 || !TOKEN[c]) {
        return false;
      }
    }
    return length > 0;
  }

  /** Visible characters, spaces, tabs and obs-text; no other control character. */
  public static boolean isValue(CharSequence text) {
    for (int i = 0, length = text.length(); i < length; i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /**
   * A name that software behind CGI's rules (RFC 3875 §4.1.18) takes for one of those that say
   * where a message ends.
   */
  public static boolean isTakenForLength(CharSequence name) {
    int length = name.length();
    return switch (length) {
      case 14 -> name.charAt(7) == '_' && LENGTH.contentEqualsIgnoreCase(name);
      case 17 -> name.charAt(8) == '_' && ENCODING.contentEqualsIgnoreCase(name);
      default -> false;
    };
  }

  public static boolean is(CharSequence name, AsciiString expected) {
    return expected.length() == name.length() && expected.contentEqualsIgnoreCase(name);
  }
}
