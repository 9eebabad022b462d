package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * A client's connection without a network, whose requests a test answers.
 *
 * @param <C> what it is
 */
abstract class Http1Case<C extends EmbeddedChannel> {

  protected static final String GET = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";
  protected static final Duration IDLE = Duration.ofSeconds(75);
  protected static final Duration HEADER = Duration.ofSeconds(10);

  protected final C channel;
  protected final List<InboundRequest> served = new ArrayList<>();
  protected final List<Refusal> refused = new ArrayList<>();
  protected final Set<Http1ClientConnection> open = new HashSet<>();
  protected final Http1ClientConnection connection;

  protected Http1Case(C channel) {
    this.channel = channel;
    this.connection =
        Http1ClientConnection.open(
            new Http1Client(
                new HttpDecoderConfig(),
                this::judged,
                this::most,
                this::serve,
                (request, why) -> refused.add(why),
                this::told),
            new ClientLink(channel, false),
            open);
  }

  /** Why this request is refused; unless a test says otherwise none is. */
  protected @Nullable Refusal judged(HttpRequest head) {
    return null;
  }

  /** How many requests the connection may carry. */
  protected int most() {
    return Integer.MAX_VALUE;
  }

  protected void serve(InboundRequest request) {
    served.add(request);
  }

  /** A fault of ours has ended something. */
  protected void told(String what, Throwable why) {}

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

  protected List<String> paths() {
    return served.stream().map(InboundRequest::path).toList();
  }

  /** What the client has got since. */
  protected String written() {
    StringBuilder all = new StringBuilder();
    ByteBuf part;
    while ((part = channel.readOutbound()) != null) {
      all.append(text(part));
    }
    return all.toString();
  }

  /** Of a part that nobody else has. */
  protected static String text(ByteBuf part) {
    String text = part.toString(StandardCharsets.US_ASCII);
    part.release();
    return text;
  }
}
