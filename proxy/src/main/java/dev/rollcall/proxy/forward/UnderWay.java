package dev.rollcall.proxy.forward;

import java.util.ArrayList;
import java.util.List;

/**
 * The requests of one traffic loop that are under way, in no order. Each knows its position, so
 * that to come and to go costs no hashing, and makes nothing. Traffic loop only.
 */
final class UnderWay {

  /** The position of a request that isn't here. */
  static final int NOWHERE = -1;

  private final List<Forwarding> all = new ArrayList<>();

  void add(Forwarding forwarding) {
    forwarding.position = all.size();
    all.add(forwarding);
  }

  /** False: it wasn't here. */
  boolean remove(Forwarding forwarding) {
    int position = forwarding.position;
    if (position == NOWHERE) {
      return false;
    }
    forwarding.position = NOWHERE;
    Forwarding last = all.remove(all.size() - 1);
    if (last != forwarding) {
      all.set(position, last);
      last.position = position;
    }
    return true;
  }

  /** Those that are here now; what is done with them may end some. */
  List<Forwarding> copy() {
    return List.copyOf(all);
  }
}
