package dev.rollcall.proxy;

import static dev.rollcall.proxy.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.EngineFaults.Place;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.roll.Availability;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Faults of the engine itself on a request's way to an upstream: whoever asked is answered, and
 * nothing stays counted as under way.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FaultOfOursTest {

  private FaultScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new FaultScene(Protocol.HTTP, FaultOfOursTest::answer);
  }

  private static void answer(HttpServerRequest request) {
    if (request.path().equals("/lost")) {
      request.connection().close();
    } else {
      request.response().end("ok");
    }
  }

  @AfterEach
  void stop() throws Exception {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void endsARequest(HttpVersion version) throws Exception {
    scene.speak(version);
    scene.faults().breaks(Place.CHOICE);
    assertThat(scene.statusOf(HttpMethod.GET, "/")).isEqualTo(500);
    scene.assertContained();
    scene.faults().mends();
    assertThat(scene.statusOf(HttpMethod.GET, "/")).isEqualTo(200);
  }

  @Test
  void endsARequestBeforeItIsUnderWay() throws Exception {
    scene.faults().breaks(Place.SERVICE);
    assertThat(scene.statusOf(HttpMethod.GET, "/")).isEqualTo(500);
    assertThat(scene.statusOf(HttpMethod.POST, "/")).isEqualTo(500);
    scene.assertContained();
  }

  /** Its first try comes a turn of the loop later. */
  @Test
  void endsARequestOfUnknownLengthOverHttp2() throws Exception {
    scene.speak(HttpVersion.HTTP_2);
    scene.faults().breaks(Place.CHOICE);
    assertThat(scene.statusOf(HttpMethod.POST, "/")).isEqualTo(500);
    scene.assertContained();
  }

  @Test
  void endsARequestThatIsTriedAgain() throws Exception {
    scene.faults().breaks(Place.SECOND_CHOICE);
    assertThat(scene.statusOf(HttpMethod.GET, "/lost")).isEqualTo(500);
    scene.assertContained();
  }

  @Test
  void endsRequestsThatWait() throws Exception {
    scene.roll().turn(scene.upstream(), Availability.DOWN, "a test");
    Future<Integer> one = scene.status(HttpMethod.GET, "/1");
    Future<Integer> other = scene.status(HttpMethod.GET, "/2");
    until("both wait", () -> scene.proxy().context().counters().waits() == 2);
    scene.faults().breaks(Place.CHOICE);
    assertThat(EngineScene.await(one)).isEqualTo(500);
    assertThat(EngineScene.await(other)).isEqualTo(500);
    scene.assertContained();
  }

  @Test
  void inTheAccessLogKeepsNobodyFromAnAnswer() throws Exception {
    scene.faults().breaks(Place.REQUEST_LOGGED);
    assertThat(scene.statusOf(HttpMethod.GET, "/")).isEqualTo(200);
    assertThat(scene.proxy().context().counters().refusals(Refusal.FAULT)).isZero();
  }
}
