package dev.rollcall.proxy.forward.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http.RawTunnel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class Http1ClientConnectionTest extends Http1Case<EmbeddedChannel> {

  private final List<String> faults = new ArrayList<>();

  Http1ClientConnectionTest() {
    super(new EmbeddedChannel());
  }

  @Override
  protected int most() {
    return 4;
  }

  @Override
  protected void serve(InboundRequest request) {
    if (request.uri().equals("/fault")) {
      throw new IllegalStateException("secret");
    }
    super.serve(request);
  }

  @Override
  protected void told(String what, Throwable why) {
    faults.add(what + ": " + why.getMessage());
  }

  @Test
  void servesOneRequestAtATime() {
    send(GET.formatted("/1") + GET.formatted("/2"));
    assertThat(paths()).containsExactly("/1");
    served.get(0).response().end("one");
    assertThat(paths()).containsExactly("/1", "/2");
    served.get(1).response().end("two");
    assertThat(written()).containsSubsequence("one", "two");
  }

  @Test
  void readsNothingMoreWhileOthersWait() {
    send(GET.formatted("/1"));
    assertThat(channel.config().isAutoRead()).isTrue();
    send(GET.formatted("/2"));
    assertThat(channel.config().isAutoRead()).isFalse();
    served.get(0).response().end();
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(paths()).containsExactly("/1", "/2");
  }

  @Test
  void asksForNoMoreWhileOthersWait() {
    send(GET.formatted("/1") + GET.formatted("/2"));
    AtomicInteger reads = new AtomicInteger();
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
              }
            });
    send(GET.formatted("/3"));
    send(GET.formatted("/4"));
    assertThat(reads).hasValue(0);
    served.get(0).response().end();
    assertThat(reads).hasPositiveValue();
  }

  @Test
  void endsWithAsManyRequestsAsAreAllowed() {
    for (int i = 0; i < 4; i++) {
      send(GET.formatted("/" + i));
      served.get(i).response().end();
      assertThat(written().contains("close")).isEqualTo(i == 3);
    }
    assertThat(channel.isOpen()).isFalse();
    assertThat(open).isEmpty();
  }

  @Test
  void whatStandsBehindAnUpgradeGoesIntoTheTunnel() {
    send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nGET raw");
    RawTunnel tunnel = ((Http1Request) served.get(0)).response().switchProtocols();
    StringBuilder bytes = new StringBuilder();
    tunnel.onBytes(part -> bytes.append(text(part)), () -> {}, () -> {});
    send(" bytes");
    assertThat(bytes).hasToString("GET raw bytes");
    assertThat(written()).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
  }

  @Test
  void aHeadAndASmallBodyAreOneBuffer() {
    send(GET.formatted("/"));
    served.get(0).response().endWith(part("x".repeat(100)));
    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(written()).endsWith("\r\n\r\n" + "x".repeat(100));
  }

  @Test
  void tellsOfAClientThatGoesBeforeItsAnswer() {
    List<Throwable> told = new ArrayList<>();
    send(GET.formatted("/"));
    served.get(0).response().exceptionHandler(told::add);
    channel.close();
    assertThat(told).hasSize(1);
    assertThat(served.get(0).response().closed()).isTrue();
  }

  @Test
  void aFaultOfOursEndsTheConnectionAndIsTold() {
    send(GET.formatted("/fault"));
    assertThat(faults).containsExactly("an HTTP/1 connection: secret");
    assertThat(written()).doesNotContain("secret");
    assertThat(channel.isOpen()).isFalse();
  }
}
