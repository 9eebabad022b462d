package dev.rollcall.upstream;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Whether anybody who sends requests can know of this service. Whoever has asked for something
 * does; so does whoever has connected without a word, as a proxy does that probes by TCP or opens
 * connections ahead of the requests. Our own warm-up and the look at our life don't count.
 *
 * <p>Runs on the event loop of the service.
 */
final class Callers {

  /** Asked by whoever keeps the process, not by who sends requests. */
  static final String LIVE = "/health/live";

  /** Open, and nothing was asked yet; kept only while nobody knows. */
  private final Set<HttpConnection> silent = Collections.newSetFromMap(new IdentityHashMap<>());

  private boolean known;

  /** Somebody has connected. */
  void connected(HttpConnection connection) {
    if (!known) {
      silent.add(connection);
      connection.closeHandler(closed -> left(connection));
    }
  }

  /** Somebody asks. */
  void asked(HttpServerRequest request) {
    if (known) {
      return;
    }
    if (WarmUp.isOurs(request) || request.uri().startsWith(LIVE)) {
      silent.remove(request.connection());
    } else {
      known();
    }
  }

  /** Somebody has asked for something or whether it is ready, or has connected and kept silent. */
  boolean areThere() {
    return known || !silent.isEmpty();
  }

  private void left(HttpConnection connection) {
    if (silent.contains(connection)) {
      known();
    }
  }

  private void known() {
    known = true;
    silent.clear();
  }
}
