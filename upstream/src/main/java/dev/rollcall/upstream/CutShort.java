package dev.rollcall.upstream;

/** A stop could not wait any longer: {@code drain.timeout} was over. */
final class CutShort extends Exception {

  private static final long serialVersionUID = 1L;

  CutShort(String what) {
    super(what + " when drain.timeout was over", null, false, false);
  }
}
