package dev.rollcall.proxy.forward.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.logging.OwnFaults;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ClientConnectionsTest {

  /** The usual ones, and a counter that is broken. */
  private static final class Rules implements EdgeRules {

    @Override
    public Limits limits() {
      return Limits.DEFAULT;
    }

    @Override
    public Timeouts timeouts() {
      return Timeouts.DEFAULT;
    }

    @Override
    public TrustedProxies trusted() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ConnectionLimit connectionLimit() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void count(Refusal refusal) {
      throw new IllegalStateException("a fault of ours");
    }
  }

  private final ClientConnections clients =
      new ClientConnections(
          new Rules(), new OwnFaults(), request -> {}, request -> {}, (request, refusal) -> {});

  @Test
  void aLookThatFailsKeepsNobodyFromBeingLookedAt() {
    EmbeddedChannel one = slow();
    EmbeddedChannel other = slow();
    clients.check(1);
    clients.check(2 + Timeouts.DEFAULT.requestHeader().toNanos());
    assertThat(written(one)).startsWith("HTTP/1.1 408 ");
    assertThat(written(other)).startsWith("HTTP/1.1 408 ");
  }

  /** A client that doesn't come to the end of its header. */
  private EmbeddedChannel slow() {
    EmbeddedChannel channel = new EmbeddedChannel();
    clients.accept(channel, false);
    channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1", StandardCharsets.US_ASCII));
    return channel;
  }

  private static String written(EmbeddedChannel channel) {
    StringBuilder all = new StringBuilder();
    ByteBuf part;
    while ((part = channel.readOutbound()) != null) {
      all.append(part.toString(StandardCharsets.US_ASCII));
      part.release();
    }
    channel.finishAndReleaseAll();
    return all.toString();
  }
}
