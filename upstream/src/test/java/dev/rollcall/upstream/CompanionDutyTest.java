package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.ProxySeat;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompanionDutyTest {

  private final Vertx vertx = Vertx.vertx();
  private final Roll roll = new Roll(vertx);
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void registersTheTargetAndItsPort() {
    int port = target(0).actualPort();
    deploy(port, Map.of("ROLLCALL_TARGET_HEALTH_PATH", "/up"));
    Instance instance = roll.only();

    assertThat(instance.name()).isEqualTo("web-1");
    assertThat(instance.endpoint()).hasToString("127.0.0.1:" + port);
    assertThat(instance.probe()).isEqualTo(new ProbeTarget.Http("/up", false));
  }

  @Test
  void letsProxiesConnectWhenThereIsNoPathToAskFor() {
    deploy(target(0).actualPort(), Map.of());
    assertThat(roll.only().probe()).isEqualTo(new ProbeTarget.Tcp());
    assertThat(asked).hasValue(0);
  }

  @Test
  void advertisesAnotherAddressWhenTold() {
    deploy(target(0).actualPort(), Map.of("ROLLCALL_ADVERTISE", "web.example.com:81"));
    assertThat(roll.only().endpoint()).hasToString("web.example.com:81");
  }

  @Test
  void waitsForTheTargetToAnswer() throws IOException {
    int port = freePort();
    deploy(port, Map.of("ROLLCALL_TARGET_HEALTH_PATH", "/up"));
    assertThat(roll.isEmpty()).isTrue();

    status.set(503);
    target(port);
    Roll.until(() -> asked.get() > 3);
    assertThat(roll.isEmpty()).isTrue();
    status.set(200);
    assertThat(roll.only().state()).isEqualTo(InstanceState.UP);
  }

  @Test
  void takesAFailingTargetOffTheRollUntilItAnswersAgain() {
    deploy(target(0).actualPort(), Map.of("ROLLCALL_TARGET_HEALTH_PATH", "/up"));
    String id = roll.only(InstanceState.UP).id();

    status.set(500);
    roll.only(InstanceState.DRAINING);
    status.set(204);
    assertThat(roll.only(InstanceState.UP).id()).isEqualTo(id);
  }

  @Test
  void staysUntilTheProxiesHaveLetGo() {
    UpstreamVerticle companion = deploy(target(0).actualPort(), Map.of());
    ProxySeat proxy = roll.proxy("proxy-1");
    roll.only();
    Future<Void> gone = companion.depart();

    Instance draining = roll.only(InstanceState.DRAINING);
    await(proxy.acknowledge(draining, DrainStage.STOPPED_CHOOSING));
    assertThat(gone.isComplete()).isFalse();
    await(proxy.acknowledge(draining, DrainStage.EMPTY));
    await(gone);
    roll.only(InstanceState.LEFT);
  }

  @Test
  void saysSoWhenAProxyDoesNotLetGoInTime() {
    UpstreamVerticle companion =
        deploy(target(0).actualPort(), Map.of("ROLLCALL_DRAIN_TIMEOUT", "100ms"));
    roll.proxy("proxy-1");
    String endpoint = roll.only().endpoint().toString();

    assertThatThrownBy(() -> await(companion.depart()))
        .hasRootCauseMessage(
            "a proxy still had requests at " + endpoint + " when drain.timeout was over");
    roll.only(InstanceState.LEFT);
  }

  @Test
  void goesAtOnceWhenItNeverJoined() throws IOException {
    await(deploy(freePort(), Map.of()).depart());
    assertThat(roll.isEmpty()).isTrue();
  }

  private HttpServer target(int port) {
    return await(
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  asked.incrementAndGet();
                  request.response().setStatusCode(status.get()).end();
                })
            .listen(port, "127.0.0.1"));
  }

  private UpstreamVerticle deploy(int port, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("ROLLCALL_TARGET", "http://127.0.0.1:" + port);
    all.put("ROLLCALL_INSTANCE_NAME", "web-1");
    all.put("ROLLCALL_TARGET_HEALTH_INTERVAL", "20ms");
    UpstreamOptions options =
        Objects.requireNonNull(UpstreamOptions.PROGRAM.read(null, all).options());
    UpstreamVerticle companion = new UpstreamVerticle(options, () -> roll.registry);
    await(vertx.deployVerticle(companion));
    return companion;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
