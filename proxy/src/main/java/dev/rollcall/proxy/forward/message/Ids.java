package dev.rollcall.proxy.forward.message;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Request ids and W3C trace parents: random, not secret. */
public final class Ids {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Ids() {}

  /** 16 hexadecimal digits. */
  public static String requestId() {
    byte[] text = new byte[16];
    hex(ThreadLocalRandom.current().nextLong(), text, 0);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** A new trace, not sampled (W3C Trace Context §3.2). */
  public static AsciiString traceparent() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] text = new byte[55];
    text[0] = '0';
    text[1] = '0';
    text[2] = '-';
    hex(random.nextLong(), text, 3);
    hex(random.nextLong() | 1, text, 19);
    text[35] = '-';
    hex(random.nextLong() | 1, text, 36);
    text[52] = '-';
    text[53] = '0';
    text[54] = '0';
    return new AsciiString(text, false);
  }

  /** True for a well-formed traceparent of any version but ff, with ids that are not all zero. */
  public static boolean isTraceparent(@Nullable String text) {
    if (text == null || text.length() < 55 || text.startsWith("ff")) {
      return false;
    }
    for (int i = 0; i < 55; i++) {
      char c = text.charAt(i);
      boolean dash = i == 2 || i == 35 || i == 52;
      if (dash ? c != '-' : !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return (text.length() == 55 || (!text.startsWith("00") && text.charAt(55) == '-'))
        && !text.startsWith("0".repeat(32), 3)
        && !text.startsWith("0".repeat(16), 36);
  }

  private static void hex(long bits, byte[] into, int at) {
    for (int i = 15; i >= 0; i--) {
      into[at + i] = HEX[(int) (bits & 15)];
      bits >>>= 4;
    }
  }
}
