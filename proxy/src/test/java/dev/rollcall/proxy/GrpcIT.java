package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.settings.Reading;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** gRPC by another's client and server, through a whole proxy: HTTP/2 in, h2c out. */
class GrpcIT {

  private static final long PATIENCE_SECONDS = 60;

  private final GrpcEcho echo = new GrpcEcho();
  private Server upstream;
  private ProxyProcess proxy;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    upstream =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(echo.service())
            .build()
            .start();
    Map<String, String> environment =
        Map.of(
            "ROLLCALL_HTTP_PORT", "0",
            "ROLLCALL_HTTP_H2C", "true",
            "ROLLCALL_ADMIN_PORT", "0",
            "ROLLCALL_CLUSTER_PORT", freePort(),
            "ROLLCALL_CLUSTER_BUS_PORT", freePort(),
            "ROLLCALL_CLUSTER_MEMBERS", "127.0.0.1:1",
            "ROLLCALL_UPSTREAMS", "echo=h2c://127.0.0.1:" + upstream.getPort());
    Reading<ProxyOptions> reading = ProxyOptions.PROGRAM.read(null, environment);
    assertThat(reading.faults()).isEmpty();
    proxy = new ProxyProcess(Objects.requireNonNull(reading.options()), "test");
    int port = await(proxy.listen()).clients().get(0);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    await(proxy.stop());
    upstream.shutdownNow();
  }

  @Test
  void carriesUnaryCallsWithTheirMetadataAndTrailers() {
    Metadata notes = new Metadata();
    notes.put(GrpcEcho.NOTE, "to self");
    AtomicReference<Metadata> heads = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    String answer =
        ClientCalls.blockingUnaryCall(
            ClientInterceptors.intercept(
                channel,
                MetadataUtils.newAttachHeadersInterceptor(notes),
                MetadataUtils.newCaptureMetadataInterceptor(heads, trailers)),
            GrpcEcho.SAY,
            CallOptions.DEFAULT,
            "hello");
    assertThat(answer).isEqualTo("you said hello");
    assertThat(trailers.get().get(GrpcEcho.NOTE)).isEqualTo("re: to self");
  }

  @Test
  void carriesAFailureWithItsText() {
    assertThatThrownBy(() -> fail())
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(failure.getStatus().getDescription()).isEqualTo("no ünicorn");
            });
  }

  @Test
  void carriesBothDirectionsAtOnce() throws Exception {
    Answers answers = new Answers();
    StreamObserver<String> talk =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(GrpcEcho.TALK, CallOptions.DEFAULT), answers);
    for (int round = 0; round < 100; round++) {
      // Each waits for the answer to the one before: nothing may be held back for company.
      talk.onNext("message " + round);
      assertThat(answers.next()).isEqualTo("re: message " + round);
    }
    talk.onCompleted();
    answers.completed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void carriesLongStreamsWhole() throws Exception {
    Iterator<String> counted =
        ClientCalls.blockingServerStreamingCall(
            channel, GrpcEcho.COUNT, CallOptions.DEFAULT, "5000");
    for (int n = 1; n <= 5000; n++) {
      assertThat(counted.next()).startsWith(n + " ");
    }
    assertThat(counted.hasNext()).isFalse();

    Answers answers = new Answers();
    StreamObserver<String> sum =
        ClientCalls.asyncClientStreamingCall(
            channel.newCall(GrpcEcho.SUM, CallOptions.DEFAULT), answers);
    for (int n = 0; n < 2000; n++) {
      sum.onNext("x".repeat(1000));
    }
    sum.onCompleted();
    assertThat(answers.next()).isEqualTo("2000000");
  }

  @Test
  void passesOnThatAClientGaveUp() throws Exception {
    ClientCall<String, String> call = channel.newCall(GrpcEcho.SAY, CallOptions.DEFAULT);
    ClientCalls.asyncUnaryCall(call, "never", new Answers());
    assertThat(echo.heard.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    call.cancel("no patience", null);
    assertThat(echo.cancelled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private void fail() {
    ClientCalls.blockingUnaryCall(channel, GrpcEcho.SAY, CallOptions.DEFAULT, "fail");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private static final class Answers implements StreamObserver<String> {
    final CompletableFuture<Void> completed = new CompletableFuture<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return String.valueOf(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public void onNext(String text) {
      heard.add(text);
    }

    @Override
    public void onError(Throwable failure) {
      heard.add("failed: " + failure);
      completed.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      completed.complete(null);
    }
  }
}
