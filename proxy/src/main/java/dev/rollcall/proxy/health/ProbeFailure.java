package dev.rollcall.proxy.health;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;

/** What a failed probe says: that nobody is there, or merely that no answer came. */
final class ProbeFailure {

  private ProbeFailure() {}

  static ProbeResult of(Throwable failure) {
    if (failure instanceof ConnectTimeoutException) {
      return new ProbeResult(Witness.UNANSWERED, "probe: no connection in time");
    }
    if (failure instanceof UnknownHostException) {
      return new ProbeResult(Witness.REFUSED, "probe: no such host");
    }
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (failure instanceof NoRouteToHostException || said.contains("unreachable")) {
      return new ProbeResult(Witness.REFUSED, "probe: unreachable");
    }
    if (failure instanceof ConnectException) {
      return new ProbeResult(
          Witness.REFUSED,
          said.contains("refused") ? "probe: connection refused" : "probe: " + said);
    }
    return new ProbeResult(Witness.UNANSWERED, "probe: broke off");
  }
}
