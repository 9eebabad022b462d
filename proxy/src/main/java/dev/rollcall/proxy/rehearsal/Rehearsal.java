package dev.rollcall.proxy.rehearsal;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Plays a proxy that has just started what clients will ask: the same engine, over loopback
 * connections, beside the one that carries traffic and with nothing in common with it, so that no
 * metric, no log line and no limit tells of it. What it leaves behind is compiled code.
 *
 * <p>It ends after so many requests or so long a time, whichever comes first, and steps back when
 * clients come: see {@link Pace}. What goes wrong in it is nobody's fault and only ends it.
 */
public final class Rehearsal {

  private static final Logger LOG = Logger.getLogger(Rehearsal.class.getName());

  private static final int CLIENTS = 16;
  private static final int OVERTURE = 200;
  private static final int LINES = 30_000;
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long TICK_MILLIS = 20;
  private static final long QUIET_MILLIS = 50;
  private static final int LINES_A_LOOP = 1000;

  private final Vertx vertx;
  private final Pace pace;
  private final int most;
  private final Duration longest;
  private final List<Line> lines = Repertoire.lines();
  private final ContextInternal context;
  private final Set<Channel> clients = new HashSet<>();
  private final Promise<Void> overture = Promise.promise();
  private final Promise<Void> over = Promise.promise();
  private long deadline;
  private int entered;
  private int present;
  private long nextLoop = LINES_A_LOOP;
  private boolean ending;

  /**
   * @param vertx its own, with one event loop over the transport of the traffic; closed in the end
   * @param served requests of clients since the start; any thread
   * @param free false while the proxy has more urgent things to do; any thread
   */
  public Rehearsal(Vertx vertx, LongSupplier served, BooleanSupplier free) {
    this(vertx, new Pace(served, free), LINES, LONGEST);
  }

  /**
   * @param most how many lines are played
   * @param longest how long it may take
   */
  Rehearsal(Vertx vertx, Pace pace, int most, Duration longest) {
    this.vertx = vertx;
    this.most = most;
    this.longest = longest;
    this.pace = pace;
    this.context = (ContextInternal) vertx.getOrCreateContext();
  }

  /**
   * Begins.
   *
   * @param patience how long the future may take
   * @return never fails: done when everything has been played for the first time, so that whatever
   *     happens once has happened, and in any case when the patience is over
   */
  public Future<Void> begin(Duration patience) {
    deadline = System.nanoTime() + longest.toNanos();
    context.runOnContext(
        now -> {
          vertx.setTimer(Math.max(1, patience.toMillis()), late -> rest());
          Stage.open(vertx).onSuccess(this::play).onFailure(this::giveUp);
        });
    return overture.future();
  }

  /** The proxy is about to listen: whoever waits for that comes first. */
  private void rest() {
    if (overture.tryComplete()) {
      pace.rest();
    }
  }

  private void play(Stage stage) {
    for (int i = 0; i < CLIENTS; i++) {
      enter(stage);
    }
    stage.loop().scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Each begins with another kind of request; who goes is followed by another. */
  private void enter(Stage stage) {
    int from = entered++ * (Repertoire.PLAIN + 1) % lines.size();
    present++;
    stage
        .enter(() -> new ScriptedClient(lines, from, pace))
        .onSuccess(client -> entered(client, stage))
        .onFailure(
            why -> {
              present--;
              giveUp(why);
            });
  }

  private void entered(Channel client, Stage stage) {
    clients.add(client);
    client.closeFuture().addListener(gone -> left(client, stage));
    if (ending) {
      client.close();
    }
  }

  private void left(Channel client, Stage stage) {
    clients.remove(client);
    present--;
    if (ending) {
      closeWhenEmpty();
    } else {
      enter(stage);
    }
  }

  private void tick() {
    pace.tick();
    if (pace.lines() >= OVERTURE) {
      rest();
    }
    if (pace.lines() >= nextLoop) {
      nextLoop += LINES_A_LOOP;
      endOneLoop();
    }
    if (pace.lines() >= most || System.nanoTime() > deadline) {
      leave();
    }
  }

  private void endOneLoop() {
    try {
      BriefLoop.open((VertxInternal) vertx);
    } catch (IllegalStateException noRoom) {
      giveUp(noRoom);
    }
  }

  private void giveUp(Throwable why) {
    LOG.log(Level.FINE, "the rehearsal ends early", why);
    if (ending) {
      closeWhenEmpty();
    } else {
      leave();
    }
  }

  /** Sends all away. */
  private void leave() {
    if (!ending) {
      ending = true;
      overture.tryComplete();
      List.copyOf(clients).forEach(Channel::close);
      closeWhenEmpty();
    }
  }

  /** A moment later: a listener complains when it closes while somebody comes in. */
  private void closeWhenEmpty() {
    if (present == 0) {
      vertx.setTimer(QUIET_MILLIS, quiet -> close());
    }
  }

  /** Told before: what waits on this loop is never told of its end. */
  private void close() {
    if (over.tryComplete()) {
      vertx.close().onFailure(why -> LOG.log(Level.FINE, "the rehearsal left something open", why));
    }
  }

  /** Ends it if it hasn't ended; any thread. */
  public Future<Void> end() {
    try {
      context.runOnContext(now -> leave());
    } catch (RejectedExecutionException gone) {
      // It has ended, and its loop with it.
      over.tryComplete();
    }
    return over.future();
  }

  /** Done when it has ended. */
  Future<Void> ended() {
    return over.future();
  }

  /** How many requests have been answered; once it has ended. */
  long played() {
    return pace.lines();
  }
}
