package dev.rollcall.proxy.forward.http1;

import io.netty.channel.Channel;

/**
 * Whether anything is read from a connection. Most pauses of a body are over before a part of it
 * comes: only then the connection is touched. Traffic loop only.
 */
final class ReadSwitch {

  private final Channel channel;
  private boolean paused;
  private boolean stopped;
  private boolean over;

  ReadSwitch(Channel channel) {
    this.channel = channel;
  }

  /** Nobody wants more at the moment. */
  void pause() {
    paused = true;
  }

  /** Something has come. */
  void came() {
    if (paused) {
      stop();
    }
  }

  /** Reads nothing from now on. */
  void stop() {
    if (!stopped && !over) {
      stopped = true;
      channel.config().setAutoRead(false);
    }
  }

  /** Reads on. */
  void resume() {
    paused = false;
    if (stopped && !over) {
      stopped = false;
      channel.config().setAutoRead(true);
    }
  }

  /** Nothing more will come: to read on would be an error where Netty no longer looks for it. */
  void over() {
    over = true;
  }
}
