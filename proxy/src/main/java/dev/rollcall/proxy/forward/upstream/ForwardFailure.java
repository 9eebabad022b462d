package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.proxy.roll.TrafficFault;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Why one exchange with one upstream brought no whole response. */
public sealed interface ForwardFailure {

  /** One line for people; never shown to clients. */
  String detail();

  /** Nothing was sent: any method may go elsewhere. */
  record NotConnected(TrafficFault fault, String detail) implements ForwardFailure {

    /**
     * @param cause why an attempt to connect failed
     */
    public static NotConnected of(Throwable cause) {
      String told = String.valueOf(cause.getMessage());
      if (cause instanceof UnknownHostException) {
        return new NotConnected(TrafficFault.UNREACHABLE, "no such host");
      }
      if (cause instanceof ConnectTimeoutException) {
        return new NotConnected(TrafficFault.UNREACHABLE, "no connection in time");
      }
      if (cause instanceof NoRouteToHostException || told.contains("unreachable")) {
        return new NotConnected(TrafficFault.UNREACHABLE, "unreachable");
      }
      // Each transport has words of its own around the kernel's.
      boolean refused = told.toLowerCase(Locale.ROOT).contains("connection refused");
      return new NotConnected(
          cause instanceof ConnectException ? TrafficFault.REFUSED : TrafficFault.UNREACHABLE,
          refused ? "connection refused" : told);
    }
  }

  /**
   * The upstream says that it did not process the request ({@code Rollcall-Not-Processed}): any
   * method may move.
   */
  record NotProcessed(String detail) implements ForwardFailure {}

  /**
   * The connection died after something was sent and before the first response byte.
   *
   * @param reused it had served before and may have been closed for idleness (RFC 9112 §9.3.1)
   */
  record Lost(boolean reused, String detail) implements ForwardFailure {}

  /** The roll took the upstream down while its answer was awaited. */
  record TakenDown(String detail) implements ForwardFailure {}

  /** No response head in time. */
  record TimedOut(String detail) implements ForwardFailure {}

  /** What came is no HTTP response, or one that must not be passed on. */
  record Malformed(String detail) implements ForwardFailure {}

  /** The response broke off midway. */
  record Broken(String detail) implements ForwardFailure {}
}
