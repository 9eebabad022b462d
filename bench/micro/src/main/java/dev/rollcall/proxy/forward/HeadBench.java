package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.TrustedProxies;
import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.http1.Http1Client;
import dev.rollcall.proxy.forward.http1.Http1ClientConnection;
import dev.rollcall.proxy.forward.message.BodyKind;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The header pass: the upstream's head out of that of a browser's GET. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HeadBench {

  private static final String REQUEST =
      """
      GET /things/7?all HTTP/1.1
      Host: www.example.org
      User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0
      Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
      Accept-Language: en-GB,en;q=0.5
      Accept-Encoding: gzip, deflate, br
      Cookie: theme=dark; session=2f1c9f0a7b
      Connection: keep-alive
      Cache-Control: no-cache

      """
          .replace("\n", "\r\n");

  private final EmbeddedChannel socket =
      new EmbeddedChannel() {
        @Override
        protected SocketAddress remoteAddress0() {
          return new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
        }
      };
  private InboundRequest request;
  private ClientIntroduction client;

  @Setup
  public void receive() {
    Http1ClientConnection.open(
        new Http1Client(
            new HttpDecoderConfig(),
            head -> null,
            () -> Integer.MAX_VALUE,
            received -> request = received,
            (refused, why) -> {},
            (what, why) -> {}),
        new ClientLink(socket, false),
        new HashSet<>());
    socket.writeInbound(Unpooled.copiedBuffer(REQUEST, StandardCharsets.US_ASCII));
    client = ClientIntroduction.of(request);
  }

  @Benchmark
  public RequestHead head() {
    return UpstreamHead.of(
        request,
        "/things/7?all",
        "",
        BodyKind.NONE,
        TrustedProxies.NOBODY,
        "0123456789abcdef0123456789abcdef",
        client);
  }

  @TearDown
  public void close() {
    socket.finishAndReleaseAll();
  }
}
