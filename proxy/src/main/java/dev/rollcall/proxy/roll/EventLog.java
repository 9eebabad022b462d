package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Subscription;
import io.vertx.core.Handler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The last flips of state, for people: each is one line of the log, is kept for a while, and is
 * told to who subscribes. Control thread only.
 */
public final class EventLog {

  private static final System.Logger LOG = System.getLogger("dev.rollcall.proxy.roll");
  private static final int KEPT = 1000;

  private final Deque<Transition> last = new ArrayDeque<>();
  private final Set<Handler<Transition>> subscribers = new CopyOnWriteArraySet<>();

  /** Notes a flip; who was down and is off the roll now is no news. */
  public void note(Transition flip) {
    if (flip.from() == flip.to() && flip.to() == Availability.DOWN) {
      return;
    }
    keep(flip);
  }

  /** Notes what an operator changed, which need not flip any state. */
  public void noteWish(Transition wish) {
    keep(wish);
  }

  private void keep(Transition flip) {
    last.addLast(flip);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
    LOG.log(level(flip), line(flip));
    subscribers.forEach(subscriber -> subscriber.handle(flip));
  }

  /** The flips that are still kept, oldest first. */
  public List<Transition> last() {
    return new ArrayList<>(last);
  }

  /** Calls the handler for each flip from now on. */
  public Subscription subscribe(Handler<Transition> handler) {
    Handler<Transition> own = handler::handle;
    subscribers.add(own);
    return () -> subscribers.remove(own);
  }

  /** {@code upstream hello-2 (10.0.0.4:8080) down: no heartbeat for 2.5 s, probe timed out}. */
  private static String line(Transition flip) {
    String state = flip.to().name().toLowerCase(Locale.ROOT);
    return "upstream " + flip.upstream() + " " + state + ": " + flip.reason();
  }

  private static System.Logger.Level level(Transition flip) {
    return switch (flip.to()) {
      case JOINING -> System.Logger.Level.DEBUG;
      case UP, DRAINING -> System.Logger.Level.INFO;
      case SUSPECT, EJECTED -> System.Logger.Level.WARNING;
      case DOWN ->
          flip.from() == Availability.DRAINING
              ? System.Logger.Level.INFO
              : System.Logger.Level.WARNING;
    };
  }
}
