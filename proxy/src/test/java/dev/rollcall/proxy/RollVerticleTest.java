package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.await;
import static dev.rollcall.proxy.roll.Availability.DOWN;
import static dev.rollcall.proxy.roll.Availability.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.health.NamedUpstream;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.RollReport;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.Transition;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RollVerticleTest {

  private Vertx vertx;
  private NetServer server;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    server = await(listen(0));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private Future<NetServer> listen(int port) {
    return vertx.createNetServer().connectHandler(socket -> {}).listen(port, "127.0.0.1");
  }

  private RollVerticle deploy(String host) throws Exception {
    Endpoint endpoint = new Endpoint(host, server.actualPort());
    RollVerticle verticle =
        new RollVerticle(
            RollOptions.DEFAULT,
            service -> HealthOptions.DEFAULT,
            List.of(new NamedUpstream("hello", endpoint, Protocol.HTTP)),
            List.of());
    await(vertx.deployVerticle(verticle));
    return verticle;
  }

  private static Upstream only(RollVerticle verticle) {
    return verticle.roll().snapshot().service("hello").upstreams().get(0);
  }

  /** Completes with the first transition to {@code to}. */
  private Future<Transition> turn(RollVerticle verticle, Availability to) {
    Promise<Transition> turned = Promise.promise();
    vertx.runOnContext(
        now ->
            verticle
                .roll()
                .onTransition(
                    flip -> {
                      if (flip.to() == to) {
                        turned.tryComplete(flip);
                      }
                    }));
    return turned.future();
  }

  @Test
  void upstreamsOfTheSettingsTakeTrafficWhenDeploymentIsDone() throws Exception {
    RollVerticle verticle = deploy("127.0.0.1");

    assertThat(only(verticle).availability()).isEqualTo(UP);
    assertThat(verticle.roll().snapshot().routes().find("any.example", "/x").service())
        .isEqualTo("hello");
    assertThat(only(verticle)).hasToString("127.0.0.1:" + server.actualPort());
  }

  @Test
  void aNameWithAddressesOfBothFamiliesIsOneUpstream() throws Exception {
    RollVerticle verticle = deploy("localhost");

    assertThat(verticle.roll().snapshot().service("hello").upstreams()).hasSize(1);
  }

  @Test
  void refusedTrafficTakesAnUpstreamDownAndChecksBringItBack() throws Exception {
    RollVerticle verticle = deploy("127.0.0.1");
    Future<Transition> down = turn(verticle, DOWN);
    int port = server.actualPort();
    await(server.close());

    verticle.witness().failed(only(verticle), TrafficFault.REFUSED, "connection refused");

    assertThat(await(down).reason()).isEqualTo("connection refused");
    assertThat(verticle.roll().snapshot().service("hello").candidates().isEmpty()).isTrue();

    Future<Transition> up = turn(verticle, UP);
    server = await(listen(port));
    assertThat(await(up).reason()).startsWith("accepted a connection in");
  }

  @Test
  void checksFindWithoutTrafficThatNobodyListens() throws Exception {
    RollVerticle verticle = deploy("127.0.0.1");
    Future<Transition> down = turn(verticle, DOWN);

    await(server.close());

    assertThat(await(down).reason()).contains("refused");
  }

  @Test
  void reportsWhatPeopleAskFor() throws Exception {
    RollVerticle verticle = deploy("127.0.0.1");
    RollReport report = verticle.report();

    assertThat(report.isReady()).isTrue();
    assertThat(report.upstreams("hello"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.candidate()).isTrue();
              assertThat(one.heartbeatAge()).isNull();
              assertThat(one.standing().reason()).isEqualTo("named in the settings");
            });
    assertThat(events(report)).last().extracting(Transition::to).isEqualTo(UP);
  }

  /** The events, once there are any: they are noted a moment after the roll has turned. */
  private List<Transition> events(RollReport report) throws Exception {
    Promise<List<Transition>> noted = Promise.promise();
    vertx.setPeriodic(
        5,
        timer -> {
          List<Transition> events = new ArrayList<>(report.lastEvents());
          if (!events.isEmpty()) {
            vertx.cancelTimer(timer);
            noted.tryComplete(events);
          }
        });
    return await(noted.future());
  }
}
