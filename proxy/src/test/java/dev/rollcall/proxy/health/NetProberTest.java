package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.IdentityProof;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an answer, or none, tells. */
class NetProberTest extends ProberCase {

  private static final Duration A_MOMENT = Duration.ofMillis(200);

  @Test
  void asksAsTheRegistrationSaysWithAFreshNonceEachTime() throws Exception {
    List<String> nonces = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    int port =
        serve(
            request -> {
              nonces.add(request.getHeader(IdentityProof.NONCE));
              lines.add(request.method() + " " + request.uri() + " " + request.authority());
              request.response().end();
            });

    ask(port, PLAIN);
    ask(port, PLAIN);

    assertThat(lines).containsOnly("GET /ready 127.0.0.1:" + port).hasSize(2);
    assertThat(nonces).doesNotHaveDuplicates().allMatch(IdentityProof::acceptable);
  }

  @Test
  void whoIsNotReadySaysSo() throws Exception {
    int port = serve(request -> request.response().setStatusCode(503).end());

    ProbeResult result = ask(port, PLAIN);

    assertThat(result.witness()).isEqualTo(Witness.UNREADY);
    assertThat(result.detail()).isEqualTo("probe answered 503");
  }

  @Test
  void nobodyThereIsRefused() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }

    assertThat(ask(port, PLAIN)).isEqualTo(refused());
    assertThat(ask(port, new ProbeTarget.Tcp())).isEqualTo(refused());
  }

  private static ProbeResult refused() {
    return new ProbeResult(Witness.REFUSED, "probe: connection refused");
  }

  @Test
  void whoTakesTheConnectionAndSaysNothingTimesOut() throws Exception {
    int port = serve(request -> {});
    Upstream upstream = upstream("127.0.0.1", port, PLAIN, Protocol.HTTP);

    ProbeResult result = ask(upstream, Duration.ofMillis(200));

    assertThat(result)
        .isEqualTo(new ProbeResult(Witness.UNANSWERED, "probe timed out after 200 ms"));
  }

  @Test
  void whoNeverAnswersKeepsNoConnection() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      for (ProbeTarget target : new ProbeTarget[] {PLAIN, new ProbeTarget.Tcp()}) {
        ask(upstream("127.0.0.1", silent.getLocalPort(), target, Protocol.HTTP), A_MOMENT);
        awaitEnd(silent);
      }
    }
  }

  /** Nobody can close a connection of HTTP/2 before the other side has spoken. */
  @Test
  void whoNeverSpeaksHttp2IsNotCalledAgainAndAgain() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      Upstream upstream = upstream("127.0.0.1", silent.getLocalPort(), PLAIN, Protocol.H2C);
      NetProber prober = new NetProber(vertx, List.of());
      for (int i = 0; i < 5; i++) {
        assertThat(ask(prober, upstream, A_MOMENT).witness()).isEqualTo(Witness.UNANSWERED);
      }
      assertThat(waiting(silent)).isEqualTo(2);
    }
  }

  /** As when several services have one place. */
  @Test
  void asksAllOfOnePlaceAtOnce() throws Exception {
    int port = serve(request -> request.response().end());
    Upstream upstream = upstream("127.0.0.1", port, PLAIN, Protocol.HTTP);
    NetProber prober = new NetProber(vertx, List.of());
    Promise<List<ProbeResult>> answers = Promise.promise();
    vertx.runOnContext(
        now ->
            Future.join(Stream.generate(() -> prober.ask(upstream, PATIENCE)).limit(5).toList())
                .map(all -> all.<ProbeResult>list())
                .onComplete(answers));

    assertThat(await(answers.future()))
        .hasSize(5)
        .allMatch(each -> each.witness() == Witness.ANSWERED);
  }

  /** How many connections nobody has accepted yet. */
  private static int waiting(ServerSocket silent) throws IOException {
    silent.setSoTimeout(1);
    int waiting = 0;
    while (true) {
      try (Socket taken = silent.accept()) {
        waiting++;
      } catch (SocketTimeoutException none) {
        return waiting;
      }
    }
  }

  private static void awaitEnd(ServerSocket silent) throws IOException {
    try (Socket taken = silent.accept()) {
      taken.setSoTimeout(20_000);
      taken.getInputStream().readAllBytes();
    }
  }

  @Test
  void anyNumberMayWaitForThoseThatHang() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      Upstream hanging = upstream("127.0.0.1", silent.getLocalPort(), PLAIN, Protocol.HTTP);
      Upstream nowhere = upstream("169.254.169.254", 80, PLAIN, Protocol.HTTP);
      List<Future<ProbeResult>> asked = new ArrayList<>();
      Promise<Void> all = Promise.promise();
      vertx.runOnContext(
          now -> {
            NetProber prober = new NetProber(vertx, List.of());
            for (int i = 0; i < 64; i++) {
              asked.add(prober.ask(hanging, A_MOMENT));
            }
            for (int i = 0; i < 20_000; i++) {
              asked.add(prober.ask(nowhere, A_MOMENT));
            }
            all.complete();
          });
      await(all.future());
      await(Future.all(asked));
    }
  }

  @Test
  void whoHangsUpHasNotAnswered() throws Exception {
    int port =
        await(
                vertx
                    .createNetServer()
                    .connectHandler(socket -> socket.handler(bytes -> socket.close()))
                    .listen(0, "127.0.0.1"))
            .actualPort();

    assertThat(ask(port, PLAIN).witness()).isEqualTo(Witness.UNANSWERED);
  }

  @Test
  void aConnectionIsEnoughForTcp() throws Exception {
    int port = serve(request -> {});
    assertThat(ask(port, new ProbeTarget.Tcp()).witness()).isEqualTo(Witness.ANSWERED);
  }

  @Test
  void http2InClearTextIsAskedInItsOwnTongue() throws Exception {
    List<String> versions = new ArrayList<>();
    int port =
        serve(
            request -> {
              versions.add(request.version().name());
              request.response().end();
            });

    ProbeResult result = ask(upstream("127.0.0.1", port, PLAIN, Protocol.H2C), PATIENCE);

    assertThat(result.witness()).isEqualTo(Witness.ANSWERED);
    assertThat(versions).containsExactly("HTTP_2");
  }

  @Test
  void whereOnlyThisMachineMayAskIsNeverAsked() throws Exception {
    for (String place : new String[] {"169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1"}) {
      ProbeResult result = ask(upstream(place, 80, PLAIN, Protocol.HTTP), PATIENCE);
      assertThat(result.witness()).as(place).isEqualTo(Witness.REFUSED);
      assertThat(result.detail()).as(place).startsWith("never called");
    }
  }

  @Test
  void aNameWithoutAddressIsRefused() throws Exception {
    ProbeResult result = ask(upstream("nowhere.invalid", 80, PLAIN, Protocol.HTTP), PATIENCE);
    assertThat(result).isEqualTo(new ProbeResult(Witness.REFUSED, "probe: no such host"));
  }

  @Test
  void manyAskedAtOnceAreAskedAFewAtATime() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int port =
        serve(
            request -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              vertx.setTimer(
                  20,
                  later -> {
                    atOnce.decrementAndGet();
                    request.response().end();
                  });
            });
    Upstream upstream = upstream("127.0.0.1", port, PLAIN, Protocol.HTTP);
    Future<Void> all =
        Future.future(
            promise ->
                vertx.runOnContext(
                    now -> {
                      NetProber prober = new NetProber(vertx, List.of());
                      List<Future<ProbeResult>> asked = new ArrayList<>();
                      for (int i = 0; i < 200; i++) {
                        asked.add(prober.ask(upstream, PATIENCE));
                      }
                      Future.all(asked).<Void>mapEmpty().onComplete(promise);
                    }));

    await(all);

    assertThat(most.get()).isBetween(2, 64);
  }
}
