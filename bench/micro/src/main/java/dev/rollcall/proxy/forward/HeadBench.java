package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.TrustedProxies;
import dev.rollcall.proxy.forward.message.BodyKind;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
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

/** The header pass: the upstream's head out of that of a browser's GET, read by Vert.x. */
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

  private final Vertx vertx = Vertx.vertx();
  private HttpServerRequest request;
  private ClientIntroduction client;
  private Socket socket;

  @Setup
  public void receive() throws Exception {
    CompletableFuture<HttpServerRequest> received = new CompletableFuture<>();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(received::complete)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    socket = new Socket("127.0.0.1", server.actualPort());
    socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    request = received.get(10, TimeUnit.SECONDS);
    client = ClientIntroduction.of(request, ((ConnectionBase) request.connection()).channel());
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
  public void close() throws Exception {
    socket.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
