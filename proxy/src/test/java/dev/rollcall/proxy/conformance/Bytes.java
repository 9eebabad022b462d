package dev.rollcall.proxy.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Bytes as the tables write them: Latin-1 text, one char a byte, nothing translated. */
final class Bytes {

  private Bytes() {}

  static byte[] of(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** One line for people: control bytes escaped, the middle of long ones left out. */
  static String shown(String text) {
    String cut =
        text.length() <= 600
            ? text
            : text.substring(0, 400)
                + "…("
                + text.length()
                + " bytes)…"
                + text.substring(text.length() - 100);
    StringBuilder shown = new StringBuilder();
    for (char c : cut.toCharArray()) {
      switch (c) {
        case '\r' -> shown.append("\\r");
        case '\n' -> shown.append("\\n");
        case '\t' -> shown.append("\\t");
        default -> {
          if (c < 0x20 || c >= 0x7f && c <= 0xff) {
            shown.append(String.format("\\x%02x", (int) c));
          } else {
            shown.append(c);
          }
        }
      }
    }
    return shown.toString();
  }

  /** A recognisable body of that length: position and content agree, so a shift is seen. */
  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + (i + i / 26 + i / 1000) % 26);
    }
    return bytes;
  }
}
