package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 connections. Idle ones form a stack: the youngest is lent first, so that the oldest can
 * age and go. Traffic loop only.
 */
public final class Http1Pool implements UpstreamPool {

  private final Upstream upstream;
  private final UpstreamConnector connector;
  private final ArrayDeque<Http1Connection> idle = new ArrayDeque<>();
  private final Set<Http1Connection> open = new HashSet<>();
  private boolean closed;

  public Http1Pool(Upstream upstream, UpstreamConnector connector) {
    this.upstream = upstream;
    this.connector = connector;
  }

  @Override
  public void lend(Borrower borrower, boolean repeatable, boolean fresh) {
    Http1Connection idle = fresh ? null : poll(repeatable);
    if (idle != null) {
      borrower.begin(idle.lend(borrower));
    } else {
      connect(borrower);
    }
  }

  private @Nullable Http1Connection poll(boolean repeatable) {
    long now = System.nanoTime();
    Http1Connection youngest;
    while ((youngest = idle.pollFirst()) != null) {
      if (!youngest.isOpen() || youngest.idle().isOver(now)) {
        youngest.close();
      } else if (!repeatable && !youngest.idle().isYoung(now)) {
        idle.addFirst(youngest);
        return null;
      } else {
        return youngest;
      }
    }
    return null;
  }

  private void connect(@Nullable Borrower borrower) {
    connector
        .connect(upstream.endpoint(), upstream.instance().protocol() == Protocol.HTTPS)
        .addListener((Future<Channel> attempt) -> onConnect(attempt, borrower));
  }

  private void onConnect(Future<Channel> attempt, @Nullable Borrower borrower) {
    if (attempt.isSuccess()) {
      Http1Connection connection = new Http1Connection(attempt.getNow(), this);
      open.add(connection);
      if (borrower != null && borrower.wantsStream()) {
        borrower.begin(connection.lend(borrower));
      } else {
        release(connection);
      }
    } else if (borrower != null) {
      borrower.notConnected(attempt.cause());
    }
  }

  @Override
  public void warm() {
    if (open.isEmpty()) {
      connect(null);
    }
  }

  void release(Http1Connection connection) {
    if (closed || !connection.isOpen()) {
      connection.close();
    } else {
      connection.idle().begin();
      idle.addFirst(connection);
    }
  }

  /** A connection has ended, whoever ended it. */
  void closed(Http1Connection connection) {
    open.remove(connection);
    idle.remove(connection);
  }

  @Override
  public void sweep(long now) {
    while (!idle.isEmpty() && idle.peekLast().idle().isOver(now)) {
      idle.pollLast().close();
    }
  }

  @Override
  public void retire() {
    closed = true;
    new ArrayList<>(idle).forEach(Http1Connection::close);
  }
}
