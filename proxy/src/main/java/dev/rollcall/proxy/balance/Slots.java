package dev.rollcall.proxy.balance;

/**
 * Consistent hashing goes by slots: {@value #COUNT} of them, however many candidates there are, so
 * that who a slot belongs to can be remembered. A key's slot is the upper bits of its hash. Ten
 * thousand candidates have a hundred slots each, and so shares that differ by a tenth; a hundred
 * candidates, by a hundredth.
 */
final class Slots {

  private static final int BITS = 20;
  static final int COUNT = 1 << BITS;

  private Slots() {}

  static int of(long hash) {
    return (int) (hash >>> (Long.SIZE - BITS));
  }
}
