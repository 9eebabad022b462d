package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.balance.Preview;
import dev.rollcall.proxy.balance.RequestFacts;
import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.forward.FinishedRequest;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.RequestLog;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.Unheard;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Faults of the engine itself, wherever they come up: whoever asked is answered, and nothing stays
 * counted as under way.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FaultOfOursTest {

  private volatile boolean broken;
  private volatile boolean brokenForRetries;
  private volatile boolean brokenLog;

  /** The first that wasn't tried, unless it is broken. */
  private final SelectionPolicy policy =
      new SelectionPolicy() {
        @Override
        public @Nullable Upstream select(
            Candidates candidates, RequestFacts request, Set<Upstream> tried) {
          if (broken || (brokenForRetries && !tried.isEmpty())) {
            throw new IllegalStateException("a fault of ours");
          }
          return candidates.list().stream()
              .filter(one -> !tried.contains(one))
              .findFirst()
              .orElse(null);
        }

        @Override
        public Preview preview(Candidates candidates, RequestFacts request) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String name() {
          return "broken";
        }
      };

  private final RequestLog log =
      new RequestLog() {
        @Override
        public boolean isOn() {
          return true;
        }

        @Override
        public void finished(FinishedRequest request) {
          if (brokenLog) {
            throw new IllegalStateException("a fault of ours");
          }
        }
      };

  private final Vertx vertx = Vertx.vertx();
  private FixedRoll roll;
  private EngineScene proxy;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    HttpServer upstream = vertx.createHttpServer().requestHandler(FaultOfOursTest::answer);
    EngineScene.await(upstream.listen(0, "127.0.0.1"));
    roll = new FixedRoll(Protocol.HTTP, new Endpoint("127.0.0.1", upstream.actualPort()));
    proxy =
        EngineScene.with(
            ForwardContext.of(
                roll,
                new Unheard(),
                service -> policy,
                EngineScene.options(Map.of("timeout.hold", "60s")),
                log,
                1),
            Listener.plain("127.0.0.1", 0, true));
    speak(HttpVersion.HTTP_1_1);
  }

  private static void answer(HttpServerRequest request) {
    if (request.path().equals("/lost")) {
      request.connection().close();
    } else {
      request.response().end("ok");
    }
  }

  private void speak(HttpVersion version) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(proxy.port(0)));
  }

  @AfterEach
  void stop() throws Exception {
    proxy.stop();
    EngineScene.await(vertx.close());
  }

  @Test
  void endsARequest() throws Exception {
    broken = true;
    assertThat(statusOf(HttpMethod.GET, "/")).isEqualTo(500);
    assertNothingIsUnderWay();
    broken = false;
    assertThat(statusOf(HttpMethod.GET, "/")).isEqualTo(200);
  }

  @Test
  void endsARequestOverHttp2() throws Exception {
    speak(HttpVersion.HTTP_2);
    broken = true;
    assertThat(statusOf(HttpMethod.GET, "/")).isEqualTo(500);
    assertNothingIsUnderWay();
    broken = false;
    assertThat(statusOf(HttpMethod.GET, "/")).isEqualTo(200);
  }

  /** Its first try comes a turn of the loop later. */
  @Test
  void endsARequestOfUnknownLengthOverHttp2() throws Exception {
    speak(HttpVersion.HTTP_2);
    broken = true;
    assertThat(statusOf(HttpMethod.POST, "/")).isEqualTo(500);
    assertNothingIsUnderWay();
  }

  @Test
  void endsARequestThatIsTriedAgain() throws Exception {
    brokenForRetries = true;
    assertThat(statusOf(HttpMethod.GET, "/lost")).isEqualTo(500);
    assertNothingIsUnderWay();
  }

  @Test
  void endsRequestsThatWait() throws Exception {
    roll.turn(roll.upstreams().get(0), Availability.DOWN, "a test");
    Future<Integer> one = status(HttpMethod.GET, "/1");
    Future<Integer> other = status(HttpMethod.GET, "/2");
    while (proxy.context().counters().waits() < 2) {
      Thread.onSpinWait();
    }
    broken = true;
    assertThat(EngineScene.await(one)).isEqualTo(500);
    assertThat(EngineScene.await(other)).isEqualTo(500);
    assertNothingIsUnderWay();
  }

  @Test
  void inTheAccessLogKeepsNobodyFromAnAnswer() throws Exception {
    brokenLog = true;
    assertThat(statusOf(HttpMethod.GET, "/")).isEqualTo(200);
    assertThat(proxy.context().counters().refusals(Refusal.FAULT)).isZero();
  }

  private void assertNothingIsUnderWay() {
    assertThat(proxy.context().inFlight()).hasValue(0);
    assertThat(roll.upstreams().get(0).traffic().inFlight()).isZero();
    assertThat(proxy.context().counters().refusals(Refusal.FAULT)).isPositive();
  }

  private int statusOf(HttpMethod method, String path) throws Exception {
    return EngineScene.await(status(method, path));
  }

  private Future<Integer> status(HttpMethod method, String path) {
    return client
        .request(method, path)
        .compose(
            request -> {
              request.setChunked(method == HttpMethod.POST);
              return method == HttpMethod.POST ? request.send("x") : request.send();
            })
        .map(HttpClientResponse::statusCode);
  }
}
