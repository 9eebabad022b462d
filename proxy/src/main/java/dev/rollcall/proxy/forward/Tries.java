package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.retry.Retries;
import dev.rollcall.proxy.forward.retry.RetryPolicy;
import dev.rollcall.proxy.forward.upstream.ForwardFailure;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import dev.rollcall.proxy.roll.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request is tried with, and with whom again: each upstream once, within the budget, and
 * never so that an unsafe request could be worked on twice. Traffic loop only.
 */
final class Tries {

  /**
   * The next try.
   *
   * @param fresh over a connection that nothing was sent on yet
   */
  record Next(Upstream upstream, boolean fresh) {}

  private final TrafficLoop loop;
  private final Retries options;
  private final UpstreamChoice choice;
  private final @Nullable RequestBody body;
  private final boolean idempotent;
  private int retries;
  private boolean stranded;
  private boolean triedOnceMore;
  private @Nullable Upstream doubted;

  Tries(TrafficLoop loop, String service, RequestHead head, @Nullable RequestBody body) {
    this.loop = loop;
    this.options = loop.context().options().retries(service);
    this.choice =
        new UpstreamChoice(
            loop.context(), service, new ClientFacts(head, loop.context().options().trusted()));
    this.body = body;
    this.idempotent = RetryPolicy.isIdempotent(head.method());
  }

  /** Counts the request as traffic, which is what retries are a share of. */
  void begin() {
    loop.budget(options).deposit();
  }

  /** The method may be repeated, whatever became of the first time. */
  boolean isIdempotent() {
    return idempotent;
  }

  /** It may be repeated: by its method, and since its body is still whole or there is none. */
  boolean mayRepeat() {
    return idempotent && isRepeatable();
  }

  private boolean isRepeatable() {
    return body == null || body.isReplayable();
  }

  /**
   * Who is asked first, or first after it had to wait. Null: nobody is there or has room, see
   * {@link #lacks}; or whoever lost it is not known to be dead.
   */
  @Nullable Upstream first() {
    if (doubted != null) {
      if (choice.isThere(doubted)) {
        return null;
      }
      doubted = null;
      retries++;
    }
    return choice.anew(idempotent && body == null);
  }

  /** Why there was nobody. */
  Lack lacks() {
    if (doubted != null) {
      return Lack.WORD;
    }
    return choice.isFull() ? Lack.ROOM : Lack.INSTANCE;
  }

  /** The cookie that keeps the client with this upstream, or null when the policy needs none. */
  @Nullable String cookie(Upstream chosen) {
    return choice.cookie(chosen);
  }

  /** Who is asked instead of one that answered with a status of the settings; null: it stands. */
  @Nullable Upstream insteadOf(Upstream asked, int status) {
    if (options.statuses().isEmpty()
        || !options.statuses().contains(status)
        || !mayRepeat()
        || retries >= options.tries()) {
      return null;
    }
    choice.exclude(asked);
    Upstream other = choice.next(false);
    return other != null && paid() ? other : null;
  }

  /**
   * Who is asked after a failure; null: the client has to hear of it, unless this {@linkplain
   * #isStranded may wait} for somebody.
   */
  @Nullable Next after(Exchange ended, ForwardFailure failure) {
    choice.exclude(ended.upstream());
    stranded = false;
    return switch (RetryPolicy.verdict(
        failure, idempotent, isRepeatable(), ended.bytesSeen(), retries, options.tries())) {
      case MOVE -> other(null);
      case RETRY ->
          paid() ? other(retries == 1 ? ended.upstream() : null) : ifDead(ended.upstream());
      case ENOUGH -> onceMore() ? ifDead(ended.upstream()) : null;
      case GIVE_UP -> null;
    };
  }

  /**
   * Nothing is owed to the dead: when a process is killed, all that it had is lost at once, mostly
   * before the roll has heard of it. So it waits for that word, and is told if none comes.
   */
  private @Nullable Next ifDead(Upstream upstream) {
    doubted = upstream;
    stranded = true;
    return null;
  }

  /** Another try would be right, but there is nobody else, or it isn't known yet. */
  boolean isStranded() {
    return stranded;
  }

  /** Not twice: it may be this request that kills whoever reads it. */
  private boolean onceMore() {
    boolean may = !triedOnceMore && choice.next(false) == null;
    triedOnceMore |= may;
    return may;
  }

  private boolean paid() {
    if (!loop.budget(options).withdraw(System.nanoTime())) {
      return false;
    }
    retries++;
    return true;
  }

  /**
   * @param otherwise the one to try once more over a fresh connection when there is no other
   */
  private @Nullable Next other(@Nullable Upstream otherwise) {
    Upstream other = choice.next(false);
    if (other != null) {
      return new Next(other, false);
    }
    stranded = otherwise == null;
    return otherwise == null ? null : new Next(otherwise, true);
  }
}
