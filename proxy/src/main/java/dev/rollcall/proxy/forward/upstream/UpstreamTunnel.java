package dev.rollcall.proxy.forward.upstream;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** The upstream's side of a tunnel, after 101. Traffic loop only. */
public interface UpstreamTunnel {

  /**
   * Where bytes from the upstream go, when it closes, and when it can take more.
   *
   * @param bytes receives and releases
   */
  void onBytes(Consumer<ByteBuf> bytes, Runnable closed, Runnable writable);

  /** Sends; takes over the reference. */
  void write(ByteBuf bytes);

  boolean isWritable();

  void readable(boolean wanted);

  /** Closes after what was written is sent. Idempotent. */
  void close();
}
