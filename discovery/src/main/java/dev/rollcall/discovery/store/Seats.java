package dev.rollcall.discovery.store;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which proxies are there, as an instance sees them: listed, with a beat that rises, and not known
 * to have left the cluster. Ages are told by our own clock, from when a beat was first heard. One
 * thread.
 */
final class Seats {

  /** How many intervals a listed proxy has for its next beat after a full read. */
  private static final double BEATS = 2.5;

  private record Seat(long beat, String member, long heard) {

    Seat notBefore(long least) {
      return heard - least < 0 ? new Seat(beat, member, least) : this;
    }
  }

  private final LongSupplier nanoTime;
  private final long timeout;
  private final long grace;
  private final Map<String, Seat> seats = new HashMap<>();

  Seats(LongSupplier nanoTime, Pace pace) {
    this.nanoTime = nanoTime;
    this.timeout = pace.seatTimeout().toNanos();
    this.grace = (long) (pace.seat().toNanos() * BEATS);
  }

  /** A seat as JSON. */
  static String json(String address, String version, long beat, String member) {
    return new JsonObject()
        .put("address", address)
        .put("version", version)
        .put("beat", beat)
        .put("member", member)
        .encode();
  }

  /** An entry was written, or read again. */
  void written(String proxy, String text) {
    try {
      JsonObject json = InstanceJson.parse(text);
      long beat = Fields.number(json, "beat");
      String member = Fields.text(json, "member", "");
      Seat known = seats.get(proxy);
      if (known == null || known.beat() != beat || !known.member().equals(member)) {
        seats.put(proxy, new Seat(beat, member, nanoTime.getAsLong()));
      }
    } catch (IllegalArgumentException unreadable) {
      // Whoever can't write a seat can't acknowledge either; nobody waits for it.
      seats.remove(proxy);
    }
  }

  void removed(String proxy) {
    seats.remove(proxy);
  }

  /**
   * A full read that began at {@code began}; seats that were heard since are younger than it. All
   * who are listed have time for one more beat: if it was we who slept, or the whole machine, their
   * silence proves nothing.
   */
  void read(Map<String, String> all, long began) {
    seats.entrySet().removeIf(s -> !all.containsKey(s.getKey()) && s.getValue().heard() < began);
    all.forEach(this::written);
    long least = nanoTime.getAsLong() - timeout + grace;
    seats.replaceAll((proxy, seat) -> seat.notBefore(least));
  }

  /** Proxies whose word counts, with these members in the cluster. */
  List<String> present(Reach reach) {
    long now = nanoTime.getAsLong();
    return seats.entrySet().stream()
        .filter(s -> now - s.getValue().heard() < timeout)
        .filter(
            s -> s.getValue().member().isEmpty() || reach.members().contains(s.getValue().member()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
