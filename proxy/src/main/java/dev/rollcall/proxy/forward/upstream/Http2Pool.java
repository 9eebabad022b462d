package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.http.HttpClientConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 connections (RFC 9113, with prior knowledge): each carries as many requests as the
 * upstream allows, another is opened when all are full. Traffic loop only.
 */
public final class Http2Pool implements UpstreamPool {

  private final Upstream upstream;
  private final UpstreamConnector connector;
  private final List<Http2Connection> open = new ArrayList<>(1);
  private final List<Borrower> waiting = new ArrayList<>();
  private boolean connecting;
  private boolean retired;

  public Http2Pool(Upstream upstream, UpstreamConnector connector) {
    this.upstream = upstream;
    this.connector = connector;
  }

  @Override
  public void lend(Borrower borrower, boolean repeatable, boolean fresh) {
    Http2Connection free = fresh ? null : free();
    if (free != null) {
      begin(free, borrower, true);
    } else {
      waiting.add(borrower);
      connect();
    }
  }

  private @Nullable Http2Connection free() {
    for (Http2Connection connection : open) {
      if (connection.hasRoom()) {
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

  private void onConnected(HttpClientConnection established) {
    connecting = false;
    Http2Connection connection = new Http2Connection(established);
    open.add(connection);
    connection.onEnd(() -> open.remove(connection));
    if (retired) {
      connection.shutdown();
    }
    List<Borrower> now = new ArrayList<>(waiting);
    waiting.clear();
    for (Borrower borrower : now) {
      if (connection.hasRoom()) {
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

  private static void begin(Http2Connection connection, Borrower borrower, boolean reused) {
    if (borrower.wantsStream()) {
      connection.open(borrower, reused);
    }
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
    List.copyOf(open).forEach(Http2Connection::shutdown);
  }
}
