package dev.rollcall.proxy.health;

import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Pulse;
import dev.rollcall.proxy.roll.Upstream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * When an upstream is asked: at once when a witness makes us, again and again by its state
 * otherwise; mostly one at a time. Control thread.
 *
 * <p>Intervals vary by a fifth either way, so that the probes of many proxies and many upstreams
 * don't fall together.
 */
final class ProbeSchedule {

  private static final long SOON = Duration.ofMillis(250).toNanos();
  private static final long FIRST_RETURN = Duration.ofMillis(100).toNanos();
  private static final long RETURN = Duration.ofMillis(500).toNanos();
  private static final long LONG_GONE = Duration.ofMinutes(1).toNanos();
  private static final long SPACING = Duration.ofMillis(50).toNanos();
  private static final long URGENT_SPACING = Duration.ofSeconds(1).toNanos();

  /** Those with heartbeats are checked less often by this factor. */
  private static final int LEASED = 5;

  private final Upstream upstream;
  private final Prober prober;
  private final Supplier<HealthOptions> options;
  private final boolean leased;
  private final LongSupplier clock;
  private final RandomGenerator random;
  private int underway;
  private boolean again;
  private boolean wanted;
  private boolean closed;
  private long sentAt;
  private long dueAt;
  private long turnedAt;
  private long returnDelay = FIRST_RETURN;
  private long askedSince = Pulse.NEVER;

  ProbeSchedule(
      Upstream upstream,
      Prober prober,
      Supplier<HealthOptions> options,
      boolean leased,
      LongSupplier clock,
      RandomGenerator random) {
    this.upstream = upstream;
    this.prober = prober;
    this.options = options;
    this.leased = leased;
    this.clock = clock;
    this.random = random;
    this.turnedAt = clock.getAsLong();
    this.sentAt = turnedAt - SPACING;
    this.dueAt = turnedAt + jittered(options.get().interval().toNanos());
  }

  /**
   * Asks now; if a probe is under way already, once more after it, since it may have come too
   * early.
   */
  void ask(Vigil vigil) {
    if (underway > 0) {
      again = true;
    } else if (clock.getAsLong() - sentAt < SPACING) {
      wanted = true;
    } else {
      send(vigil);
    }
  }

  /**
   * Asks because requests hang: once for each silence, and when half of the time for an answer has
   * passed, once more without waiting for the end, since a single lost packet costs as much.
   */
  void askUrgently(Vigil vigil, long since) {
    long now = clock.getAsLong();
    if (underway == 0 && since != askedSince && now - sentAt >= URGENT_SPACING) {
      askedSince = since;
      send(vigil);
    } else if (underway == 1 && now - sentAt >= options.get().timeout().toNanos() / 2) {
      send(vigil);
    }
  }

  /** An answer is awaited, or a question that had to wait is to go out. */
  boolean isAsking() {
    return underway > 0 || wanted;
  }

  /** Nanoseconds until it is to be asked again, if nothing else makes us. */
  long untilDue(long now) {
    return dueAt - now;
  }

  /** Somebody waits for an answer: no later than in a moment. */
  void hurry(long now) {
    dueAt = dueAt - now > 2 * RETURN ? now + 2 * RETURN : dueAt;
  }

  void turned(Liveness life, long now) {
    turnedAt = now;
    returnDelay = FIRST_RETURN;
    dueAt = now + delay(life, now);
  }

  void tick(Vigil vigil, long now) {
    if (underway > 0 || now - (wanted ? sentAt + SPACING : dueAt) < 0) {
      return;
    }
    if (!wanted && trafficSpeaks(vigil, now)) {
      dueAt = now + jittered(options.get().interval().toNanos());
    } else {
      send(vigil);
    }
  }

  void close() {
    closed = true;
  }

  /** A bare connect says less than the answers that traffic gets all the time. */
  private boolean trafficSpeaks(Vigil vigil, long now) {
    long answered = upstream.pulse().answeredAt();
    return vigil.availability() == Availability.UP
        && upstream.instance().probe() instanceof ProbeTarget.Tcp
        && answered != Pulse.NEVER
        && now - answered < options.get().interval().toNanos();
  }

  private void send(Vigil vigil) {
    if (closed || upstream.instance().probe() instanceof ProbeTarget.None) {
      dueAt = clock.getAsLong() + options.get().interval().toNanos();
      return;
    }
    underway++;
    again = false;
    wanted = false;
    long sent = clock.getAsLong();
    sentAt = sent;
    prober.ask(upstream, options.get().timeout()).onSuccess(result -> came(vigil, result, sent));
  }

  private void came(Vigil vigil, ProbeResult result, long sent) {
    underway--;
    if (closed) {
      return;
    }
    boolean once = again;
    vigil.answered(result, sent);
    if (once && underway == 0) {
      ask(vigil);
    }
  }

  /** After each answer: when to ask next. */
  void plan(Liveness life) {
    long now = clock.getAsLong();
    dueAt = now + delay(life, now);
  }

  private long delay(Liveness life, long now) {
    return switch (life.availability()) {
      case JOINING, SUSPECT -> jittered(SOON);
      case UP, EJECTED, DRAINING -> jittered(life.misses() > 0 ? SOON : usual());
      case DOWN -> {
        long delay = returnDelay;
        long longest = now - turnedAt > LONG_GONE ? 2 * RETURN : RETURN;
        returnDelay = Math.min(returnDelay * 3 / 2, longest);
        yield jittered(delay);
      }
    };
  }

  /** Leases are long when the roll is large: no more than once in each. */
  private long usual() {
    long interval = options.get().interval().toNanos();
    return leased ? Math.max(interval * LEASED, upstream.instance().lease().toNanos()) : interval;
  }

  private long jittered(long nanos) {
    return (long) (nanos * (0.8 + 0.4 * random.nextDouble()));
  }
}
