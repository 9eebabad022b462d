package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.discovery.ProxySeat;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How an upstream goes off the roll. */
class UpstreamDepartureTest extends UpstreamCase {

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
}
