package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is left when a policy's own way has only met candidates that were already tried. */
final class Untried {

  private Untried() {}

  /**
   * The next candidate with a weight that wasn't tried, or null.
   *
   * @param start where to begin looking, any number; callers vary it so that no place is favoured
   */
  static @Nullable Upstream from(Candidates candidates, Set<Upstream> tried, int start) {
    int size = candidates.size();
    for (int step = 0; step < size; step++) {
      int index = Math.floorMod(start + step, size);
      if (candidates.weights()[index] > 0 && !tried.contains(candidates.get(index))) {
        return candidates.get(index);
      }
    }
    return null;
  }
}
