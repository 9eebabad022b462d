package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 connections (RFC 9113, with prior knowledge): each carries as many requests as the
 * upstream allows, another is opened when all are full. Traffic loop only.
 */
final class Http2Pool implements UpstreamPool {

  private final Upstream upstream;
  private final UpstreamConnector connector;
  private final List<HttpClientConnection> open = new ArrayList<>(1);
  private final List<Borrower> waiting = new ArrayList<>();
  private boolean connecting;
  private boolean retired;

  Http2Pool(Upstream upstream, UpstreamConnector connector) {
    this.upstream = upstream;
    this.connector = connector;
  }

  @Override
  public void lend(Borrower borrower, boolean repeatable, boolean fresh) {
    HttpClientConnection free = fresh ? null : free();
    if (free != null) {
      begin(free, borrower, true);
    } else {
      waiting.add(borrower);
      connect();
    }
  }

  private @Nullable HttpClientConnection free() {
    for (HttpClientConnection connection : open) {
      if (connection.activeStreams() < connection.maxActiveStreams()) {
        return connection;
      }
    }
    return null;
  }

  /** One at a time: those who wait share it, and the next is opened if it can't take them all. */
  private void connect() {
    if (connecting) {
      return;
    }
    connecting = true;
    connector.connectHttp2(upstream.endpoint()).onComplete(this::onConnected, this::onFailed);
  }

  private void onConnected(HttpClientConnection connection) {
    connecting = false;
    open.add(connection);
    connection.closeHandler(v -> open.remove(connection));
    connection.goAwayHandler(goAway -> open.remove(connection));
    if (retired) {
      connection.shutdown();
    }
    List<Borrower> now = new ArrayList<>(waiting);
    waiting.clear();
    for (Borrower borrower : now) {
      if (connection.activeStreams() < connection.maxActiveStreams()) {
        begin(connection, borrower, false);
      } else {
        lend(borrower, true, false);
      }
    }
  }

  private void onFailed(Throwable cause) {
    connecting = false;
    List<Borrower> now = new ArrayList<>(waiting);
    waiting.clear();
    now.forEach(borrower -> borrower.notConnected(cause));
  }

  private static void begin(HttpClientConnection connection, Borrower borrower, boolean reused) {
    if (!borrower.wantsStream()) {
      return;
    }
    Future<HttpClientRequest> opened =
        connection.request(new RequestOptions().setMethod(HttpMethod.GET).setURI("/"));
    opened.onComplete(
        request -> new Http2Stream(request, borrower, reused).offer(),
        closed ->
            borrower.failed(new ForwardFailure.NotProcessed("HTTP/2: " + closed.getMessage())));
  }

  @Override
  public void warm() {
    if (open.isEmpty()) {
      connect();
    }
  }

  @Override
  public void sweep(long now) {
    // One idle HTTP/2 connection costs nothing, and its end is announced by GOAWAY.
  }

  @Override
  public void retire() {
    retired = true;
    List.copyOf(open).forEach(HttpClientConnection::shutdown);
  }
}
