package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.LastWords;
import io.netty.channel.Channel;
import java.time.Duration;

/**
 * When and how an HTTP/1 connection ends, so that no client loses an answer by it, and none holds
 * it for ever. Traffic loop only.
 */
final class ConnectionEnd {

  private final Channel channel;
  private final RequestDecoder decoder;
  private final RequestIntake intake;
  private final ReadSwitch reading;
  private final ClientClock clock;
  private final SenderEnd senderEnd = new SenderEnd();
  private boolean leaving;
  private boolean begun;

  ConnectionEnd(
      Channel channel,
      RequestDecoder decoder,
      RequestIntake intake,
      ReadSwitch reading,
      ClientClock clock) {
    this.channel = channel;
    this.decoder = decoder;
    this.intake = intake;
    this.reading = reading;
    this.clock = clock;
  }

  /** True when nothing more is answered. */
  boolean hasBegun() {
    return begun;
  }

  /** True when the request that is being answered is the last that it may carry. */
  boolean isNear() {
    return leaving || intake.isWornOut() || (senderEnd.hasCome() && !decoder.hasBytes());
  }

  /** True when the client would send more of its request than is read behind the answer. */
  boolean isWorthIt() {
    return intake.isTooMuchLeft();
  }

  /** It carries no other request. */
  void announce() {
    leaving = true;
  }

  /** True when the client has shut its sending side. */
  boolean hasHeardAll() {
    return senderEnd.hasCome();
  }

  /** Ends it when all is sent; a client that is still sending can read its answer. */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    boolean sends = clock.isInHeader() || intake.isReceiving() || decoder.hasBytes();
    if (sends && !senderEnd.hasCome()) {
      LastWords.over(channel).linger();
    } else {
      LastWords.over(channel).close();
    }
    decoder.ignoreAll();
    reading.resume();
  }

  /** Ends it at once. */
  void reset() {
    LastWords.over(channel).reset();
  }

  /**
   * The client sends no more. Who has asked all may wait for the answer; who hasn't has gone (RFC
   * 9112 §8).
   *
   * @param over it waits for no answer
   */
  void senderEnds(boolean over) {
    senderEnd.come();
    reading.over();
    if (begun) {
      LastWords.over(channel).close();
    } else if (over) {
      begin();
    } else if (intake.isReceiving()) {
      channel.close();
    }
  }

  /**
   * Ends what has taken too long.
   *
   * @param answers how often something was sent so far
   * @return whether it is a header, which is to be answered before
   */
  boolean check(long now, Duration idle, Duration header, long answers) {
    ClientClock.Overdue what = clock.overdue(now, idle, header);
    if (what == ClientClock.Overdue.READING) {
      reset();
    } else if (senderEnd.isGone(now, answers, clock.isReading())) {
      channel.close();
    } else if (!begun) {
      switch (what) {
        case REQUEST -> channel.close();
        case LEFT_OVER -> begin();
        case HEADER -> {
          return true;
        }
        case READING, NOTHING -> {}
      }
    }
    return false;
  }
}
