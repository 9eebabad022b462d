package dev.rollcall.upstream;

/**
 * Whether a target is well, by its checks: it takes {@code fall} failures in a row to fall and
 * {@code rise} successes in a row to rise again. Before the first success it is unknown, and one
 * success is enough.
 *
 * <p>Not thread-safe.
 */
final class TargetHealth {

  /** What the checks say so far. */
  enum State {
    UNKNOWN,
    WELL,
    FALLEN
  }

  private final int fall;
  private final int rise;
  private State state = State.UNKNOWN;
  private int inARow;

  TargetHealth(int fall, int rise) {
    this.fall = fall;
    this.rise = rise;
  }

  State state() {
    return state;
  }

  /** Takes the result of a check; true when the state changes by it. */
  boolean after(boolean success) {
    boolean agrees = success == (state == State.WELL);
    inARow = agrees ? 0 : inARow + 1;
    if (inARow < needed()) {
      return false;
    }
    inARow = 0;
    state = success ? State.WELL : State.FALLEN;
    return true;
  }

  private int needed() {
    return switch (state) {
      case UNKNOWN -> 1;
      case WELL -> fall;
      case FALLEN -> rise;
    };
  }
}
