package dev.rollcall.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import java.util.Locale;

/**
 * What the health checks of the service say. Live: its event loop turns, so it can answer at all.
 * Ready: the gate is open, so it wants requests. Being on the roll is not part of it, since proxies
 * ask for readiness before they send the first request, and others may never use the roll.
 */
final class Health {

  private final Vertx vertx;
  private final Gate gate;
  private final InFlight requests;
  private final InFlight streams;

  Health(Vertx vertx, Gate gate, InFlight requests, InFlight streams) {
    this.vertx = vertx;
    this.gate = gate;
    this.requests = requests;
    this.streams = streams;
  }

  /** Answers 200 whenever it answers. */
  HealthCheckHandler live() {
    HealthChecks checks = HealthChecks.create(vertx);
    checks.register("event-loop", answer -> answer.complete(Status.OK()));
    return HealthCheckHandler.createWithHealthChecks(checks, null);
  }

  /** Answers 200 while the gate is open, else 503. */
  HealthCheckHandler ready() {
    HealthChecks checks = HealthChecks.create(vertx);
    checks.register("gate", answer -> answer.complete(readiness()));
    return HealthCheckHandler.createWithHealthChecks(checks, null);
  }

  private Status readiness() {
    JsonObject data =
        new JsonObject()
            .put("state", gate.state().name().toLowerCase(Locale.ROOT))
            .put("requests", requests.count())
            .put("streams", streams.count());
    return gate.isOpen() ? Status.OK(data) : Status.KO(data);
  }
}
