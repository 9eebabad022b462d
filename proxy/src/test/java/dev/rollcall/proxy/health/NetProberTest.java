package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.IdentityProof;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.Upstream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an answer, or none, tells. */
class NetProberTest extends ProberCase {

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
}
