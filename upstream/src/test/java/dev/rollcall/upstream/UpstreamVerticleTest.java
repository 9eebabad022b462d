package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.IdentityProof;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How an upstream comes onto the roll, and stays on it. */
class UpstreamVerticleTest extends UpstreamCase {

  private static final String NONCE = "00112233445566778899aabbccddeeff";

  @Test
  void registersWithThePortThatItGot() {
    UpstreamVerticle upstream = deploy(Map.of());
    Instance instance = roll.only();

    assertThat(instance.name()).isEqualTo("hello-1");
    assertThat(instance.id()).startsWith("hello-1-");
    assertThat(instance.endpoint().port()).isEqualTo(upstream.port()).isPositive();
    assertThat(instance.state()).isEqualTo(InstanceState.UP);
    assertThat(instance.probe()).isEqualTo(new ProbeTarget.Http("/health/ready", true));
    assertThat(body(upstream, "/")).isEqualTo("Hello from hello-1\n");
  }

  @Test
  void advertisesWhatItIsToldTo() {
    deploy(Map.of("ROLLCALL_ADVERTISE", "hello.example.com:81"));
    assertThat(roll.only().endpoint()).hasToString("hello.example.com:81");
  }

  @Test
  void servesWithoutARegistryAndJoinsWhenThereIsOne() {
    roll.registry.store().disconnect();
    UpstreamVerticle upstream = deploy(Map.of());

    assertThat(body(upstream, "/")).isEqualTo("Hello from hello-1\n");
    assertThat(roll.isEmpty()).isTrue();
    roll.registry.store().reconnect("127.0.0.1");
    assertThat(roll.only().endpoint().port()).isEqualTo(upstream.port());
  }

  @Test
  void returnsToTheRollAfterTheRegistryLostEverything() {
    deploy(Map.of());
    String id = roll.only().id();
    roll.registry.store().loseEverything();
    Roll fresh = new Roll(roll.registry.another(vertx));
    assertThat(fresh.only().id()).isEqualTo(id);
  }

  @Test
  void tellsInHeartbeatsWhatIsInFlight() {
    UpstreamVerticle upstream = deploy(Map.of());
    assertThat(roll.beat(0).load()).isBetween(-1.0, 1.0);

    Future<HttpClientResponse> slow = get(upstream, "/delay/600000");
    roll.beat(1);
    assertThat(slow.isComplete()).isFalse();
  }

  @Test
  void provesItsIdentityToAProbe() {
    UpstreamVerticle upstream = deploy(Map.of("ROLLCALL_SECRET", "s3cret"));
    String id = roll.only().id();
    HttpClientResponse answer =
        await(
            request(upstream, "/health/ready")
                .compose(r -> r.putHeader(IdentityProof.NONCE, NONCE).send()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader(IdentityProof.INSTANCE)).isEqualTo(id);
    assertThat(answer.getHeader(IdentityProof.PROOF))
        .isEqualTo(IdentityProof.of("s3cret", id, NONCE));
  }

  @Test
  void namesItselfWithoutAProofWhenThereIsNoSecretOrNoProperNonce() {
    UpstreamVerticle upstream = deploy(Map.of());
    String id = roll.only().id();
    HttpClientResponse answer =
        await(
            request(upstream, "/health/ready")
                .compose(r -> r.putHeader(IdentityProof.NONCE, NONCE).send()));

    assertThat(answer.getHeader(IdentityProof.INSTANCE)).isEqualTo(id);
    assertThat(answer.getHeader(IdentityProof.PROOF)).isNull();
  }

  @Test
  void speaksNoHttp2UnlessTold() {
    UpstreamVerticle upstream = deploy(Map.of());
    HttpClient h2c =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    Future<HttpClientResponse> answer =
        h2c.request(HttpMethod.GET, upstream.port(), "127.0.0.1", "/")
            .compose(request -> request.send());
    assertThatThrownBy(() -> await(answer)).isInstanceOf(AssertionError.class);
  }

  @Test
  void tellsThatAPortIsTaken() {
    NetServer other = await(vertx.createNetServer().connectHandler(c -> {}).listen(0, "127.0.0.1"));
    // Two listeners of one Vert.x would share the port.
    Vertx own = Vertx.vertx();
    UpstreamVerticle upstream =
        upstream(Map.of("ROLLCALL_HTTP_PORT", "" + other.actualPort()), roll.registry);
    try {
      assertThatThrownBy(() -> await(own.deployVerticle(upstream)))
          .hasRootCauseMessage(
              "http.port: can't listen on 127.0.0.1:%d: Address already in use"
                  .formatted(other.actualPort()));
    } finally {
      await(own.close());
    }
  }
}
