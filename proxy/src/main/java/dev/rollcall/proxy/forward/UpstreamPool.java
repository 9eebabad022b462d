package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.roll.Upstream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one traffic loop to one upstream. Idle ones form a stack: the youngest is lent
 * first, so that the oldest can age and go. A pool of its own for each loop means no locks and a
 * request that never changes threads.
 */
final class UpstreamPool {

  /**
   * How long an upstream keeps an idle connection when it doesn't say: Node.js, the shortest,
   * closes at 5 s.
   */
  static final long ASSUMED_KEEP_ALIVE = TimeUnit.SECONDS.toNanos(4);

  /** A request that can't be repeated takes only connections that were used this recently. */
  private static final long YOUNG = TimeUnit.SECONDS.toNanos(1);

  /** Waits for a connection. */
  interface Borrower {
    /** The connection to send on; false: not needed any more. */
    boolean connected(Channel channel);

    void notConnected(Throwable cause);
  }

  private final Upstream upstream;
  private final UpstreamConnector connector;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private final Set<UpstreamConnection> open = new HashSet<>();
  private boolean closed;

  UpstreamPool(Upstream upstream, UpstreamConnector connector) {
    this.upstream = upstream;
    this.connector = connector;
  }

  /** An idle connection, or null: then {@link #connect}. */
  @Nullable UpstreamConnection poll(boolean repeatable) {
    long now = System.nanoTime();
    UpstreamConnection youngest;
    while ((youngest = idle.pollFirst()) != null) {
      if (!youngest.isOpen() || youngest.isStale(now)) {
        youngest.close();
      } else if (!repeatable && now - youngest.idleSince() > YOUNG) {
        idle.addFirst(youngest);
        return null;
      } else {
        return youngest;
      }
    }
    return null;
  }

  /** Opens a new connection. */
  void connect(Borrower borrower) {
    connector
        .connect(upstream.endpoint())
        .addListener((ChannelFuture attempt) -> onConnect(attempt, borrower));
  }

  private void onConnect(ChannelFuture attempt, Borrower borrower) {
    if (!attempt.isSuccess()) {
      borrower.notConnected(attempt.cause());
    } else if (!borrower.connected(attempt.channel())) {
      release(adopt(attempt.channel()));
    }
  }

  /** Makes a connection of a channel that {@link #connect} opened. */
  UpstreamConnection adopt(Channel channel) {
    UpstreamConnection connection = new UpstreamConnection(channel, this);
    open.add(connection);
    return connection;
  }

  /** Opens one connection ahead of the first request. */
  void warm() {
    if (open.isEmpty()) {
      connect(
          new Borrower() {
            @Override
            public boolean connected(Channel channel) {
              return false;
            }

            @Override
            public void notConnected(Throwable cause) {
              // The first request will see for itself.
            }
          });
    }
  }

  void release(UpstreamConnection connection) {
    if (closed || !connection.isOpen()) {
      connection.close();
    } else {
      connection.idleNow();
      idle.addFirst(connection);
    }
  }

  /** A connection has ended, whoever ended it. */
  void closed(UpstreamConnection connection) {
    open.remove(connection);
    idle.remove(connection);
  }

  /** Closes what has been idle for longer than the upstream would keep it. */
  void sweep(long now) {
    while (!idle.isEmpty() && idle.peekLast().isStale(now)) {
      idle.pollLast().close();
    }
  }

  /** Closes idle connections now and busy ones when their request is done. */
  void retire() {
    closed = true;
    new ArrayList<>(idle).forEach(UpstreamConnection::close);
  }

  /** Takes retired pools back into use, when the upstream is up again. */
  void reopen() {
    closed = false;
  }

  int openConnections() {
    return open.size();
  }

  int idleConnections() {
    return idle.size();
  }
}
