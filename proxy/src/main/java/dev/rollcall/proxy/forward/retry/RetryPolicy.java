package dev.rollcall.proxy.forward.retry;

import dev.rollcall.proxy.forward.upstream.ForwardFailure;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.Broken;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.Lost;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.Malformed;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.NotConnected;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.NotProcessed;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.TakenDown;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.TimedOut;
import dev.rollcall.proxy.roll.TrafficFault;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failed exchange may be followed by another (RFC 9110 §9.2.2): never when the client
 * could notice, never when an unsafe request could be worked on twice. Pure.
 */
public final class RetryPolicy {

  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

  public enum Verdict {
    /** The client gets a problem answer, or a cut response. */
    GIVE_UP,
    /** Another upstream, at nobody's cost: nothing was worked on. */
    MOVE,
    /** Another upstream, from the budget; if there is none, the same on a fresh connection. */
    RETRY,
    /** As RETRY, but it was often enough: nobody else, unless all are dead, and that once. */
    ENOUGH
  }

  private RetryPolicy() {}

  public static boolean isIdempotent(String method) {
    return IDEMPOTENT.contains(method);
  }

  /**
   * @param idempotent the method may be repeated
   * @param repeatable the body is absent or still whole in memory
   * @param answered a byte of the response has come
   * @param retries how often this request was retried at somebody's cost
   * @param most how often it may be
   */
  public static Verdict verdict(
      ForwardFailure failure,
      boolean idempotent,
      boolean repeatable,
      boolean answered,
      int retries,
      int most) {
    if (!repeatable) {
      return Verdict.GIVE_UP;
    }
    if (failure instanceof NotConnected || failure instanceof NotProcessed) {
      return Verdict.MOVE;
    }
    if (answered || !idempotent) {
      return Verdict.GIVE_UP;
    }
    if (failure instanceof TakenDown) {
      return Verdict.MOVE;
    }
    if (!(failure instanceof Lost) || most == 0) {
      return Verdict.GIVE_UP;
    }
    return retries < most ? Verdict.RETRY : Verdict.ENOUGH;
  }

  /** The status of our own answer when nothing more is tried. */
  public static int status(ForwardFailure failure) {
    if (failure instanceof TimedOut) {
      return 504;
    }
    if (failure instanceof NotConnected unreached) {
      return unreached.fault() == TrafficFault.UNREACHABLE ? 504 : 502;
    }
    return failure instanceof NotProcessed ? 503 : 502;
  }

  public static String title(int status) {
    return switch (status) {
      case 504 -> "Gateway Timeout";
      case 503 -> "Service Unavailable";
      default -> "Bad Gateway";
    };
  }

  /** What the roll should hear of it; null when it says nothing against the upstream. */
  public static @Nullable TrafficFault fault(ForwardFailure failure) {
    if (failure instanceof NotConnected unreached) {
      return unreached.fault();
    }
    if (failure instanceof Lost lost) {
      return lost.reused() ? null : TrafficFault.RESET;
    }
    if (failure instanceof TimedOut) {
      return TrafficFault.TIMEOUT;
    }
    if (failure instanceof Malformed) {
      return TrafficFault.MALFORMED;
    }
    return failure instanceof Broken ? TrafficFault.BROKEN : null;
  }
}
