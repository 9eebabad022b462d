package dev.rollcall.proxy.forward.upstream;

/**
 * Connections of one traffic loop to one upstream. A pool of its own for each loop means no locks,
 * and a request that never changes threads.
 */
public interface UpstreamPool {

  /** Who wants to send a request, and hears what comes back. */
  interface Borrower extends UpstreamResponse {

    /** False: not needed any more. */
    boolean wantsStream();

    /** Here it is: send. */
    void begin(UpstreamStream stream);

    void notConnected(Throwable cause);
  }

  /**
   * Lends a stream to one request, at once if a connection is idle.
   *
   * @param repeatable false: only over connections that were used a moment ago, or new ones
   * @param fresh only over a new connection
   */
  void lend(Borrower borrower, boolean repeatable, boolean fresh);

  /** Opens a connection ahead of the first request. */
  void warm();

  /** Closes what has been idle for longer than the upstream would keep it. */
  void sweep(long now);

  /** Closes idle connections now, and busy ones when their requests are done. */
  void retire();
}
