package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Timeouts;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.forward.upstream.ForwardFailure;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a request to one upstream after another until one answers, and waits for one while nobody
 * is there or has room. Traffic loop only.
 */
final class Dispatch implements Waiter {

  private final TrafficLoop loop;
  private final Forwarding forwarding;
  private final String service;
  private final RequestHead head;
  private final Tries tries;
  private final @Nullable RequestBody body;
  private @Nullable Exchange exchange;
  private @Nullable ForwardFailure failure;
  private @Nullable Long missing;
  private boolean tried;
  private boolean waiting;
  private boolean counted;

  Dispatch(
      TrafficLoop loop,
      Forwarding forwarding,
      String service,
      RequestHead head,
      @Nullable RequestBody body) {
    this.loop = loop;
    this.forwarding = forwarding;
    this.service = service;
    this.head = head;
    this.tries = new Tries(loop, service, head, body);
    this.body = body;
  }

  /**
   * Asks the first upstream, if somebody is there.
   *
   * @param since it has waited to be known whose it is, and waits in line; 0: it has not
   */
  void begin(long since) {
    tries.begin();
    if (since != 0) {
      missing = since;
      counted = true;
      waiting = loop.waitingRooms().enter(service, this);
    }
    if (!waiting && !next()) {
      await();
    }
  }

  private boolean next() {
    Upstream first = tries.first();
    if (first != null) {
      waiting = false;
      open(first, false);
    }
    return first != null;
  }

  private void open(Upstream upstream, boolean fresh) {
    if (tried) {
      loop.context().counters().retried();
    }
    exchange = new Exchange(forwarding, loop, upstream);
    exchange.open(tries.isIdempotent(), fresh);
  }

  /** Nothing more goes to one that was tried: it would be missing in the next try. */
  private void leave() {
    exchange = null;
    tried = true;
    if (body != null) {
      body.hold();
    }
  }

  /** A connection stands: sends the request. */
  void send(UpstreamStream stream) {
    stream.head(head, body == null);
    if (body == null) {
      requestSent();
    } else {
      body.flowTo(stream);
    }
  }

  /** The upstream has all of it. */
  void requestSent() {
    if (exchange != null) {
      exchange.requestSent();
    }
  }

  /** An upstream that was full takes more. */
  void upstreamWritable() {
    if (body != null) {
      body.pace();
    }
  }

  private void await() {
    waiting = loop.waitingRooms().enter(service, this);
    if (!waiting) {
      turnAway();
    } else if (!counted) {
      counted = true;
      loop.context().counters().waited();
    }
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public Lack lacks() {
    return tries.lacks();
  }

  @Override
  public boolean hasFailed() {
    return failure != null;
  }

  @Override
  public long missesSince(long now) {
    if (missing == null) {
      missing = now;
    }
    return missing;
  }

  @Override
  public boolean tryAgain() {
    try {
      return next();
    } catch (RuntimeException | Error e) {
      forwarding.broken(e);
      return true;
    }
  }

  @Override
  public void turnAway() {
    try {
      if (failure != null) {
        forwarding.giveUp(failure);
      } else {
        forwarding.refuse(lacks() == Lack.ROOM ? Refusal.OVERLOAD : Refusal.NOBODY);
      }
    } catch (RuntimeException | Error e) {
      forwarding.broken(e);
    }
  }

  /** It is this try that counts, and no earlier one. */
  boolean isCurrent(Exchange of) {
    return of == exchange;
  }

  /** A try has failed and is closed; nothing of it has reached the client. */
  void failed(Exchange ended, ForwardFailure why) {
    leave();
    failure = why;
    Tries.Next next = tries.after(ended, why);
    if (next != null) {
      open(next.upstream(), next.fresh());
    } else if (tries.isStranded()) {
      await();
    } else {
      forwarding.giveUp(why);
    }
  }

  /** Who is asked instead of one that answered so; null: the answer stands. */
  @Nullable Upstream insteadOf(Exchange from, int status) {
    return tries.insteadOf(from.upstream(), status);
  }

  /** Leaves an answer for that of another upstream. */
  void leave(Exchange from, Upstream other) {
    leave();
    from.close();
    open(other, false);
  }

  /** The cookie that keeps the client with this upstream, or null when the policy needs none. */
  @Nullable String cookie(Upstream chosen) {
    return tries.cookie(chosen);
  }

  /** Nobody is to answer any more. */
  void end() {
    waiting = false;
    Exchange open = exchange;
    exchange = null;
    if (open != null) {
      open.close();
    }
  }

  /** The roll has taken an upstream down: nobody waits out a timeout for it. */
  void takenDown(Upstream upstream, String reason) {
    if (exchange != null && exchange.upstream() == upstream && !exchange.headSeen()) {
      exchange.takenDown(reason);
    }
  }

  /**
   * The roll has ejected an upstream, which fails or answers nobody: what waits there and may move,
   * moves; the others have a chance yet.
   */
  void ejected(Upstream upstream, String reason) {
    if (tries.mayRepeat()) {
      takenDown(upstream, reason);
    }
  }

  /** Watches the deadlines and collects since when each upstream has owed an answer. */
  void check(
      long now, Timeouts timeouts, boolean streaming, boolean paused, Map<Upstream, Long> oldest) {
    if (exchange == null) {
      return;
    }
    long since = exchange.waitingSince();
    if (since != 0 && !streaming) {
      oldest.merge(exchange.upstream(), since, Math::min);
    }
    long heldUp = body == null ? 0 : body.heldUp(now);
    // Whoever answers already need not take the rest.
    ForwardFailure late = exchange.headSeen() ? null : Patience.toTake(heldUp, timeouts, streaming);
    if (late != null) {
      exchange.failed(late);
    } else {
      exchange.check(now, timeouts, streaming, paused);
    }
  }
}
