package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

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

/** How many connections questions take, and how many may be asked at once. */
class ProbeConnectionsTest extends ProberCase {

  private static final Duration A_MOMENT = Duration.ofMillis(200);

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
}
