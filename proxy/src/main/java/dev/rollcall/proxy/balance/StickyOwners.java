package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Upstream;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom the values of {@link StickyKey} stand for. A cookie is looked up where it stands among
 * others, without a string of its own: its text is read as the 128 bits that it is, and those are
 * compared in one place of memory, which a map of strings would need four of.
 *
 * <p>A table with open addressing, at most half full. The bits are those of a MAC, so they are
 * their own hash, and no client can make a crowd of them.
 */
final class StickyOwners {

  /** 128 bits in Base64 without padding (RFC 4648 §5). */
  private static final int LENGTH = 22;

  private static final byte[] DIGITS = digits();

  private final long[] values;
  private final @Nullable Upstream[] owners;

  private StickyOwners(int slots) {
    this.values = new long[2 * slots];
    this.owners = new Upstream[slots];
  }

  /**
   * @throws IllegalArgumentException when a value is none of {@link StickyKey}'s
   */
  static StickyOwners of(Map<Upstream, String> values) {
    StickyOwners all = new StickyOwners(Integer.highestOneBit(Math.max(1, values.size())) * 4);
    values.forEach((owner, value) -> all.add(value, owner));
    return all;
  }

  /** The owner of the value that stands from {@code begin} to before {@code end}, or null. */
  @Nullable Upstream owner(String text, int begin, int end) {
    if (end - begin != LENGTH || !isValue(text, begin)) {
      return null;
    }
    return owners[slot(high(text, begin), low(text, begin))];
  }

  private void add(String value, Upstream owner) {
    if (value.length() != LENGTH || !isValue(value, 0)) {
      throw new IllegalArgumentException(
          "a sticky cookie's value of "
              + value.length()
              + " characters (expected: 128 bits in Base64)");
    }
    long high = high(value, 0);
    long low = low(value, 0);
    int slot = slot(high, low);
    values[2 * slot] = high;
    values[2 * slot + 1] = low;
    owners[slot] = owner;
  }

  /** Where the value is, or the free place where it would be. */
  private int slot(long high, long low) {
    int slot = (int) low & owners.length - 1;
    while (values[2 * slot] != high || values[2 * slot + 1] != low) {
      if (owners[slot] == null) {
        return slot;
      }
      slot = slot + 1 & owners.length - 1;
    }
    return slot;
  }

  /** Whether these are 128 bits: the last of the characters has two of its six, the others 0. */
  private static boolean isValue(String text, int begin) {
    int all = 0;
    for (int i = begin; i < begin + LENGTH; i++) {
      all |= digit(text.charAt(i));
    }
    return all >= 0 && (digit(text.charAt(begin + LENGTH - 1)) & 0b1111) == 0;
  }

  /** The first 64 bits: ten characters and four bits of the next. */
  private static long high(String text, int begin) {
    return bits(text, begin, begin + 10) << 4 | digit(text.charAt(begin + 10)) >> 2;
  }

  /** The others: two bits, ten characters, two bits. */
  private static long low(String text, int begin) {
    long first = digit(text.charAt(begin + 10)) & 0b11;
    long last = digit(text.charAt(begin + LENGTH - 1)) >> 4;
    return first << 62 | bits(text, begin + 11, begin + 21) << 2 | last;
  }

  private static long bits(String text, int begin, int end) {
    long bits = 0;
    for (int i = begin; i < end; i++) {
      bits = bits << 6 | digit(text.charAt(i));
    }
    return bits;
  }

  /** Negative for what is no digit. */
  private static int digit(char character) {
    return character < DIGITS.length ? DIGITS[character] : -1;
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      digits[alphabet.charAt(i)] = (byte) i;
    }
    return digits;
  }
}
