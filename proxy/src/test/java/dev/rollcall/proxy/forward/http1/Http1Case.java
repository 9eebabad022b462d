package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * A client's connection without a network, whose requests a test answers.
 *
 * @param <C> what it is
 */
abstract class Http1Case<C extends EmbeddedChannel> {

  protected final C channel;
  protected final List<InboundRequest> served = new ArrayList<>();
  protected final Http1ClientConnection connection;

  protected Http1Case(C channel) {
    this.channel = channel;
    this.connection =
        Http1ClientConnection.open(
            new Http1Client(
                new HttpDecoderConfig(),
                head -> null,
                () -> Integer.MAX_VALUE,
                served::add,
                (request, why) -> {},
                (what, why) -> {}),
            new ClientLink(channel, false),
            new HashSet<>());
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  protected void send(String text) {
    channel.writeInbound(part(text));
  }

  protected static ByteBuf part(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  /** What the client has got since. */
  protected String written() {
    StringBuilder all = new StringBuilder();
    ByteBuf part;
    while ((part = channel.readOutbound()) != null) {
      all.append(part.toString(StandardCharsets.US_ASCII));
      part.release();
    }
    return all.toString();
  }
}
