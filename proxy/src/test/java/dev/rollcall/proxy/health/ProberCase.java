package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.Await.await;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Somebody who answers probes on this machine, and a prober that asks. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
abstract class ProberCase {

  protected static final ProbeTarget PLAIN = new ProbeTarget.Http("/ready");
  protected static final Duration PATIENCE = Duration.ofSeconds(5);

  protected final Vertx vertx = Vertx.vertx();
  protected final Roll roll = new Roll(RollOptions.DEFAULT, InstantSource.system());

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  protected int serve(Handler<HttpServerRequest> handler) throws Exception {
    return await(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"))
        .actualPort();
  }

  protected Upstream upstream(String host, int port, ProbeTarget probe, Protocol protocol) {
    return roll.enrol(
        Instance.named(
            "hello-1-x7", "epoch", "hello", "hello-1", new Endpoint(host, port), protocol, probe));
  }

  protected ProbeResult ask(int port, ProbeTarget probe, String... secrets) throws Exception {
    return ask(upstream("127.0.0.1", port, probe, Protocol.HTTP), PATIENCE, secrets);
  }

  protected ProbeResult ask(Upstream upstream, Duration timeout, String... secrets)
      throws Exception {
    return ask(new NetProber(vertx, List.of(secrets)), upstream, timeout);
  }

  protected ProbeResult ask(NetProber prober, Upstream upstream, Duration timeout)
      throws Exception {
    return await(
        Future.future(
            promise ->
                vertx.runOnContext(now -> prober.ask(upstream, timeout).onComplete(promise))));
  }
}
