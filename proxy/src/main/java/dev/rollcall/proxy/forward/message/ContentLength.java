package dev.rollcall.proxy.forward.message;

/** {@code Content-Length = 1*DIGIT} (RFC 9110 §8.6), and nothing else. */
public final class ContentLength {

  private ContentLength() {}

  /** The length, or -1 when the text is none. */
  public static long parse(CharSequence text) {
    int length = text.length();
    if (length == 0 || length > 18) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
