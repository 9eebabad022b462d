package dev.rollcall.upstream;

import static dev.rollcall.upstream.RunningDemo.await;

import dev.rollcall.discovery.Registry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/** An upstream that registers itself, and who calls it. */
abstract class UpstreamCase {

  protected final Vertx vertx = Vertx.vertx();
  protected final Roll roll = new Roll(vertx);
  protected final HttpClient client = vertx.createHttpClient();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  protected UpstreamVerticle deploy(Map<String, String> environment) {
    UpstreamVerticle upstream = upstream(environment, roll.registry);
    await(vertx.deployVerticle(upstream));
    return upstream;
  }

  protected static UpstreamVerticle upstream(Map<String, String> environment, Registry registry) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("ROLLCALL_INSTANCE_NAME", "hello-1");
    all.put("ROLLCALL_HTTP_HOST", "127.0.0.1");
    all.put("ROLLCALL_HEARTBEAT", "100ms");
    UpstreamOptions options =
        Objects.requireNonNull(UpstreamOptions.PROGRAM.read(null, all).options());
    return new UpstreamVerticle(options, () -> registry);
  }

  protected Future<HttpClientRequest> request(UpstreamVerticle upstream, String path) {
    return client.request(HttpMethod.GET, upstream.port(), "127.0.0.1", path);
  }

  protected Future<HttpClientResponse> get(UpstreamVerticle upstream, String path) {
    return request(upstream, path).compose(request -> request.send());
  }

  protected int status(UpstreamVerticle upstream, String path) {
    return await(get(upstream, path)).statusCode();
  }

  protected String body(UpstreamVerticle upstream, String path) {
    // On a loop: a thread that asks for the body a moment too late never gets it.
    Promise<Buffer> body = Promise.promise();
    vertx.runOnContext(
        now -> get(upstream, path).compose(answer -> answer.body()).onComplete(body));
    return await(body.future()).toString();
  }
}
