package dev.rollcall.proxy.admin;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** What the admin port answers, and to whom. Control thread only. */
final class AdminRoutes {

  private static final System.Logger LOG = System.getLogger(AdminRoutes.class.getName());
  private static final int MOST_BODY = 4096;

  private final AdminParts parts;
  private final ServicesJson services;
  private final EventStream events;
  private final RollMetrics rollMetrics;
  private final ProcessMetrics process;
  private final InstanceActions actions;
  private final TokenCheck token;
  private final HostCheck host;
  private final Explainer explainer;

  AdminRoutes(
      Vertx vertx,
      AdminOptions options,
      AdminParts parts,
      EventFeed feed,
      RollMetrics rollMetrics,
      LatencyWindows latencies,
      LongSupplier nanoClock,
      InstantSource clock) {
    this.parts = parts;
    this.services = new ServicesJson(parts.report(), parts.policies(), latencies);
    this.events = new EventStream(vertx, feed);
    this.rollMetrics = rollMetrics;
    this.process = new ProcessMetrics(parts.version());
    this.actions = new InstanceActions(parts.report(), parts.overrides(), clock);
    this.token = new TokenCheck("admin.token", options.tokens(), new FailedTokens(nanoClock));
    this.host = new HostCheck(options.hosts());
    this.explainer = new Explainer(parts.policies(), parts.paths());
  }

  Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(new SecurityHeaders());
    // Health is asked by orchestrators under any name, and tells next to nothing.
    read(router, "/health/live").handler(request -> status(request, true));
    read(router, "/health/ready").handler(request -> status(request, parts.report().isReady()));
    router.route().handler(host);
    read(router, "/").handler(new Dashboard());
    read(router, "/metrics").handler(this::metrics);
    read(router, "/api/v1/services").handler(request -> request.json(services.now()));
    router.get("/api/v1/events").handler(events);
    read(router, "/api/v1/explain").handler(this::explain);
    read(router, "/api/v1/openapi.json").handler(this::document);
    change(router);
    parts.more().mount(router, token);
    UnknownRequests.answer(router);
    router.errorHandler(500, AdminRoutes::failed);
    return router;
  }

  /** Who only asks for the head (HEAD) gets it. */
  private static Route read(Router router, String path) {
    return router.get(path).method(HttpMethod.HEAD);
  }

  private void change(Router router) {
    SmallBody body = new SmallBody(MOST_BODY);
    String instance = "/api/v1/instances/:id";
    router.post(instance + "/drain").handler(token).handler(body).handler(actions::drain);
    router.post(instance + "/resume").handler(token).handler(body).handler(actions::resume);
    router.put(instance + "/weight").handler(token).handler(body).handler(actions::weigh);
  }

  private static void status(RoutingContext request, boolean good) {
    request.response().setStatusCode(good ? 200 : 503);
    request.json(new JsonObject().put("status", good ? "UP" : "DOWN"));
  }

  private void metrics(RoutingContext request) {
    MetricsPage page = new MetricsPage();
    process.write(page);
    rollMetrics.write(page);
    parts.metrics().forEach(source -> source.write(page));
    request.response().putHeader("Content-Type", MetricsPage.CONTENT_TYPE).end(page.text());
  }

  private void explain(RoutingContext request) {
    try {
      AskedRequest asked = AskedRequest.of(request.queryParams());
      request.json(explainer.explain(parts.report().snapshot(), asked));
    } catch (IllegalArgumentException fault) {
      new AdminProblem(400, String.valueOf(fault.getMessage())).answer(request);
    }
  }

  private void document(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(Dashboard.resource("openapi.json"));
  }

  private static void failed(RoutingContext request) {
    LOG.log(
        System.Logger.Level.ERROR,
        "admin "
            + request.request().method()
            + " "
            + request.request().path()
            + " failed: "
            + request.failure());
    new AdminProblem(500, "this is a fault of the proxy; its log tells more").answer(request);
  }
}
