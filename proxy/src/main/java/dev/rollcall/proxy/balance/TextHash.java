package dev.rollcall.proxy.balance;

/**
 * 64-bit hashes of text that are the same in every process and version, since several proxies must
 * agree. FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv) with the finaliser of SplitMix64 (Steele,
 * Lea, Flood 2014), because FNV alone leaves the high bits of short keys nearly equal. Not secure
 * against somebody who looks for keys that collide; the bound on load is what limits the harm.
 */
final class TextHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TextHash() {}

  static long of(String text) {
    return of(text, 0, text.length());
  }

  /** Of the characters from {@code begin} to before {@code end}; allocates nothing. */
  static long of(String text, int begin, int end) {
    long hash = OFFSET;
    for (int i = begin; i < end; i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return mix(hash);
  }

  /** Spreads any difference over all 64 bits. */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
