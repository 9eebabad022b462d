package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.IdentityProof;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.discovery.Registry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamVerticleTest {

  private static final String NONCE = "00112233445566778899aabbccddeeff";

  private final Vertx vertx = Vertx.vertx();
  private final Roll roll = new Roll(vertx);
  private final HttpClient client = vertx.createHttpClient();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

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
  void departsWhenEveryProxyHasLetGo() {
    UpstreamVerticle upstream = deploy(Map.of());
    ProxySeat first = roll.proxy("proxy-1");
    ProxySeat second = roll.proxy("proxy-2");
    roll.only();
    Future<Void> gone = upstream.depart();

    Instance draining = roll.only(InstanceState.DRAINING);
    await(first.acknowledge(draining, DrainStage.STOPPED_CHOOSING));
    assertThat(status(upstream, "/")).isEqualTo(200);
    await(second.acknowledge(draining, DrainStage.STOPPED_CHOOSING));
    Roll.until(() -> status(upstream, "/") == 503);
    assertThat(await(get(upstream, "/")).getHeader("Rollcall-Not-Processed")).isEqualTo("true");
    await(first.acknowledge(draining, DrainStage.EMPTY));
    assertThat(gone.isComplete()).isFalse();
    await(second.acknowledge(draining, DrainStage.EMPTY));

    await(gone);
    roll.only(InstanceState.LEFT);
    assertThatThrownBy(() -> await(get(upstream, "/"))).hasMessageContaining("refused");
  }

  @Test
  void finishesWhatIsInFlightBeforeItCloses() {
    UpstreamVerticle upstream = deploy(Map.of());
    roll.only();
    Future<HttpClientResponse> slow = get(upstream, "/delay/400");
    roll.beat(1);
    Future<Void> gone = upstream.depart();

    assertThat(await(slow).statusCode()).isEqualTo(200);
    await(gone);
    roll.only(InstanceState.LEFT);
  }

  @Test
  void finishesHttp2RequestsBeforeItCloses() {
    UpstreamVerticle upstream = deploy(Map.of("ROLLCALL_PROTOCOL", "h2c"));
    assertThat(roll.only().protocol()).isEqualTo(Protocol.H2C);
    HttpClient h2c =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    Future<HttpClientResponse> slow =
        h2c.request(HttpMethod.GET, upstream.port(), "127.0.0.1", "/delay/400")
            .compose(request -> request.send());
    roll.beat(1);
    Future<Void> gone = upstream.depart();

    assertThat(await(slow).version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(await(slow).statusCode()).isEqualTo(200);
    await(gone);
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
  void refusesWithAReceiptWhenNobodyCanBeTold() {
    UpstreamVerticle upstream = deploy(Map.of());
    roll.only();
    roll.registry.store().disconnect();
    Future<Void> gone = upstream.depart();

    Roll.until(() -> status(upstream, "/health/ready") == 503);
    HttpClientResponse refused = await(get(upstream, "/"));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.getHeader("Rollcall-Not-Processed")).isEqualTo("true");
    await(gone);
  }

  @Test
  void saysHowManyRequestsHadToBeCut() {
    UpstreamVerticle upstream = deploy(Map.of("ROLLCALL_DRAIN_TIMEOUT", "100ms"));
    roll.only();
    Future<HttpClientResponse> slow = get(upstream, "/delay/600000");
    roll.beat(1);

    assertThatThrownBy(() -> await(upstream.depart()))
        .hasRootCauseMessage("1 requests were still in flight when drain.timeout was over");
    assertThatThrownBy(() -> await(slow)).isInstanceOf(AssertionError.class);
    roll.only(InstanceState.LEFT);
  }

  @Test
  void departsOnceHoweverOftenItIsAsked() {
    UpstreamVerticle upstream = deploy(Map.of());
    roll.only();
    Future<Void> first = upstream.depart();
    Future<Void> second = upstream.depart();
    await(first);
    await(second);
  }

  @Test
  void leavesTheRollWhenUndeployed() {
    UpstreamVerticle upstream = upstream(Map.of(), roll.registry);
    String deployment = await(vertx.deployVerticle(upstream));
    roll.only();
    await(vertx.undeploy(deployment));
    roll.only(InstanceState.LEFT);
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

  private UpstreamVerticle deploy(Map<String, String> environment) {
    UpstreamVerticle upstream = upstream(environment, roll.registry);
    await(vertx.deployVerticle(upstream));
    return upstream;
  }

  private static UpstreamVerticle upstream(Map<String, String> environment, Registry registry) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("ROLLCALL_INSTANCE_NAME", "hello-1");
    all.put("ROLLCALL_HTTP_HOST", "127.0.0.1");
    all.put("ROLLCALL_HEARTBEAT", "100ms");
    UpstreamOptions options =
        Objects.requireNonNull(UpstreamOptions.PROGRAM.read(null, all).options());
    return new UpstreamVerticle(options, () -> registry);
  }

  private Future<HttpClientRequest> request(UpstreamVerticle upstream, String path) {
    return client.request(HttpMethod.GET, upstream.port(), "127.0.0.1", path);
  }

  private Future<HttpClientResponse> get(UpstreamVerticle upstream, String path) {
    return request(upstream, path).compose(request -> request.send());
  }

  private int status(UpstreamVerticle upstream, String path) {
    return await(get(upstream, path)).statusCode();
  }

  private String body(UpstreamVerticle upstream, String path) {
    // On a loop: a thread that asks for the body a moment too late never gets it.
    Promise<Buffer> body = Promise.promise();
    vertx.runOnContext(
        now -> get(upstream, path).compose(answer -> answer.body()).onComplete(body));
    return await(body.future()).toString();
  }
}
