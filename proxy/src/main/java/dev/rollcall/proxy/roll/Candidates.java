package dev.rollcall.proxy.roll;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Who may take a request of one service, best group first resolved: up primaries, else up backups,
 * else (when nobody is up) the suspect and ejected ones that no hard verdict stands against.
 * Immutable; its identity changes with every change of membership, weight or availability, so
 * policies may keep schedules by it.
 *
 * @param list in order of id, so that position carries no meaning
 * @param weights effective weight of each, same order, never all 0
 */
public record Candidates(List<Upstream> list, int[] weights) {

  private static final Comparator<Upstream> BY_ID = Comparator.comparing(Upstream::id);

  public static final Candidates NONE = new Candidates(List.of(), new int[0]);

  public Candidates {
    list = List.copyOf(list);
  }

  public int size() {
    return list.size();
  }

  public Upstream get(int index) {
    return list.get(index);
  }

  /** Looked up by its place in the order. */
  public boolean contains(Upstream upstream) {
    int at = Collections.binarySearch(list, upstream, BY_ID);
    return at >= 0 && list.get(at) == upstream;
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }
}
