package dev.rollcall.discovery.examples;

import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.time.Duration;

/** A verticle that keeps itself on the roll for as long as it is deployed. */
final class HelloVerticle extends VerticleBase {

  private final Registry registry;
  private final String name;
  private Lease lease;

  HelloVerticle(Registry registry, String name) {
    this.registry = registry;
    this.name = name;
  }

  // The README's example begins.
  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("Hello from " + name))
        .listen(0)
        .onSuccess(this::register);
  }

  private void register(HttpServer server) {
    ProbeTarget tcp = new ProbeTarget.Tcp();
    Registration hello = Registration.of("hello", name, server.actualPort()).withProbe(tcp);
    lease = registry.register(hello, () -> new Load(0, -1));
  }

  @Override
  public Future<?> stop() {
    return lease.drain(Duration.ofSeconds(35)).eventually(() -> lease.leave(Duration.ofSeconds(2)));
  }
  // It ends.
}
