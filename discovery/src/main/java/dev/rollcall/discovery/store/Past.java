package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Instance;
import java.util.ArrayList;
import java.util.List;

/**
 * What was heard of an instance so far, so that nothing is believed twice: what it says must rise
 * within its epoch, and an epoch that was followed by another is over.
 *
 * @param epoch the present one
 * @param least the lowest seq that is news
 * @param over epochs before it, the latest last
 */
record Past(String epoch, long least, List<String> over) {

  /** Few starts share an id: ids have a random part for each start. */
  private static final int REMEMBERED = 16;

  Past {
    over = List.copyOf(over);
  }

  static Past of(Instance instance) {
    return new Past(instance.epoch(), instance.seq() + 1, List.of());
  }

  boolean allows(Instance instance) {
    return instance.epoch().equals(epoch)
        ? instance.seq() >= least
        : !over.contains(instance.epoch());
  }

  Past then(Instance instance) {
    if (instance.epoch().equals(epoch)) {
      return new Past(epoch, instance.seq() + 1, over);
    }
    List<String> ended = new ArrayList<>(over);
    ended.add(epoch);
    int forgotten = Math.max(0, ended.size() - REMEMBERED);
    return new Past(instance.epoch(), instance.seq() + 1, ended.subList(forgotten, ended.size()));
  }

  /** After its entry was lost the instance says the same again. */
  Past repeatable() {
    return new Past(epoch, least - 1, over);
  }
}
