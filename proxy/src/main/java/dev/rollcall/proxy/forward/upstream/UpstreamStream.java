package dev.rollcall.proxy.forward.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** The sending half of one request to one upstream. Traffic loop only. */
public interface UpstreamStream {

  /** True when the connection had served requests before: it may have died of old age unnoticed. */
  boolean reused();

  /**
   * Sends the head.
   *
   * @param end true when no body follows
   */
  void head(RequestHead head, boolean end);

  /** Sends a head that was held back for a part of the body to go with it. */
  void flush();

  /** Sends a part of the body; takes over the reference. */
  void data(ByteBuf part);

  /** Ends the body. */
  void end(HttpHeaders trailers);

  /** False when {@link UpstreamResponse#writable()} should be waited for. */
  boolean isWritable();

  /**
   * For how long the upstream has taken nothing of what waits for it, in nanoseconds, or 0 when
   * nothing waits; asked a few times a second. One that is slow takes something.
   */
  long untaken(long now);

  /** Stops or resumes the flow of the response. */
  void readable(boolean wanted);

  /** Gives up: nothing more is sent or heard, and the upstream notices. Idempotent. */
  void cancel();
}
