package dev.rollcall.proxy.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Lines of ASCII, before they are written. One thread. */
final class Line {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int MOST_DIGITS = 19;

  private final byte[] digits = new byte[MOST_DIGITS];
  private byte[] bytes = new byte[4 * 1024];
  private int length;

  /** How many bytes it holds. */
  int length() {
    return length;
  }

  /** Forgets what stands behind so many bytes. */
  void cut(int to) {
    length = to;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    out.flush();
    length = 0;
  }

  Line add(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Text that is ASCII; anything else becomes a question mark. */
  Line add(String text) {
    int count = text.length();
    room(count);
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      bytes[length++] = c < 0x80 ? (byte) c : (byte) '?';
    }
    return this;
  }

  /**
   * What others sent, so that a line stays one line: quotes and backslashes by a backslash, the
   * rest that isn't visible as {@code \xhh} up to this character and as {@code \}{@code uhhhh}
   * behind it.
   *
   * @param lastOfTwo the last character of two digits; -1: all have four
   */
  Line escaped(String text, int lastOfTwo) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        add('\\').add(c);
      } else if (c >= ' ' && c <= '~') {
        add(c);
      } else if (c <= lastOfTwo) {
        add("\\x").hex(c, 2);
      } else {
        add("\\u").hex(c, 4);
      }
    }
    return this;
  }

  /** A number that isn't negative. */
  Line add(long number) {
    int first = MOST_DIGITS;
    long rest = number;
    do {
      digits[--first] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    room(MOST_DIGITS);
    System.arraycopy(digits, first, bytes, length, MOST_DIGITS - first);
    length += MOST_DIGITS - first;
    return this;
  }

  /** A number below 1000, with three digits. */
  Line three(int number) {
    room(3);
    bytes[length++] = (byte) ('0' + number / 100);
    bytes[length++] = (byte) ('0' + number / 10 % 10);
    bytes[length++] = (byte) ('0' + number % 10);
    return this;
  }

  /** Milliseconds with three digits behind the point. */
  Line millis(long nanos) {
    long micros = (nanos + 500) / 1000;
    return add(micros / 1000).add('.').three((int) (micros % 1000));
  }

  /** So many hexadecimal digits of a number. */
  private Line hex(int number, int count) {
    room(count);
    for (int shift = 4 * (count - 1); shift >= 0; shift -= 4) {
      bytes[length++] = HEX[number >> shift & 0xf];
    }
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
