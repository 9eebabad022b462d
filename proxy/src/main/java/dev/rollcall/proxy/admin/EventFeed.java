package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.roll.Transition;
import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Flips of state as server-sent events (WHATWG HTML §9.2): numbered, the last {@value #KEPT} kept,
 * so that who lost the connection can go on where it was. Numbers carry the process's start, so
 * that those of an earlier run are not mistaken for ours. Control thread only.
 */
final class EventFeed {

  static final int KEPT = 1000;

  private final String run;
  private final Deque<Event> last = new ArrayDeque<>();
  private final Set<Consumer<String>> listeners = new LinkedHashSet<>();
  private long number;

  /**
   * @param run differs from start to start
   */
  EventFeed(String run) {
    this.run = run;
  }

  private record Event(long number, String text) {}

  /** Numbers a flip and tells it to all who listen. */
  void note(Transition flip) {
    number++;
    String text = "id: " + run + "-" + number + "\ndata: " + json(flip).encode() + "\n\n";
    last.addLast(new Event(number, text));
    if (last.size() > KEPT) {
      last.removeFirst();
    }
    List.copyOf(listeners).forEach(listener -> listener.accept(text));
  }

  static JsonObject json(Transition flip) {
    return new JsonObject()
        .put("at", flip.at().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("service", flip.upstream().instance().service())
        .put("instance", flip.upstream().id())
        .put("name", flip.upstream().instance().name())
        .put("from", ServicesJson.word(flip.from()))
        .put("to", ServicesJson.word(flip.to()))
        .put("reason", flip.reason());
  }

  /** Everything that is kept, oldest first. */
  List<String> all() {
    return after(0);
  }

  /** What came after the event of this id; everything when the id is none of this run's. */
  List<String> since(String id) {
    String prefix = run + "-";
    if (!id.startsWith(prefix)) {
      return all();
    }
    try {
      return after(Long.parseLong(id, prefix.length(), id.length(), 10));
    } catch (NumberFormatException notOurs) {
      return all();
    }
  }

  private List<String> after(long seen) {
    List<String> events = new ArrayList<>();
    for (Event event : last) {
      if (event.number > seen) {
        events.add(event.text);
      }
    }
    return events;
  }

  void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  void leave(Consumer<String> listener) {
    listeners.remove(listener);
  }

  int listeners() {
    return listeners.size();
  }
}
