package dev.rollcall.discovery.examples;

import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.resolver.RollAddress;
import dev.rollcall.discovery.resolver.RollBalancer;
import dev.rollcall.discovery.resolver.RollResolver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/** A client that calls a service by its name, whoever answers the roll. */
final class CallingByName {

  private final HttpClient client;

  CallingByName(Vertx vertx, Registry registry) {
    // The README's example begins.
    client =
        vertx
            .httpClientBuilder()
            .withAddressResolver(RollResolver.over(registry))
            .withLoadBalancer(RollBalancer.leastRequests())
            .build();
    // It ends.
  }

  Future<String> hello() {
    // The README's example begins.
    RequestOptions hello = new RequestOptions().setServer(new RollAddress("hello")).setURI("/");
    return client
        .request(hello)
        .compose(request -> request.send())
        .compose(HttpClientResponse::body)
        .map(Buffer::toString);
    // It ends.
  }

  Future<Void> close() {
    return client.close();
  }
}
