package dev.rollcall.upstream;

import dev.rollcall.discovery.Protocol;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The demo: a small HTTP service with something for every kind of exchange that a proxy has to get
 * right. It says who answers, echoes what arrived, takes its time, fails on request, sends much, or
 * keeps a stream or a tunnel open.
 *
 * <p>All of it runs on the event loop that creates it. It takes what its {@link Gate} lets through
 * and counts what is in flight; health checks are neither refused nor counted.
 */
final class DemoService implements Handler<HttpServerRequest> {

  private static final Logger LOG = Logger.getLogger(DemoService.class.getName());

  /** A frame is held in memory until it is whole; a message of many frames isn't. */
  private static final int LARGEST_FRAME = 16 * 1024 * 1024;

  private final String name;
  private final Admission admission;
  private final InFlight requests = new InFlight();
  private final InFlight streams = new InFlight();
  private final Router router;
  private final Callers callers = new Callers();

  /**
   * @param name shown to people
   * @param gate decides what is let in
   * @param id names this start of the instance once it is registered, or null until then
   * @param secret shared with the proxies, or null
   */
  DemoService(
      Vertx vertx, String name, Gate gate, Supplier<@Nullable String> id, @Nullable String secret) {
    this.name = name;
    this.admission = new Admission(name, gate);
    this.router = Router.router(vertx);
    // Routes are tried in this order, so the busiest stand first.
    requests(vertx);
    streams(vertx);
    health(new Health(vertx, gate, requests, streams), new Identity(id, secret));
    mistakes();
  }

  /** How the socket in front of this service is to be set up. */
  static HttpServerOptions options(Protocol protocol) {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(protocol == Protocol.H2C)
        // No compression: what the client sends back is what it sent.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(LARGEST_FRAME)
        .setMaxWebSocketMessageSize(LARGEST_FRAME);
  }

  /** Requests that are being answered. */
  InFlight requests() {
    return requests;
  }

  /** Event streams and tunnels, which may live for ever. */
  InFlight streams() {
    return streams;
  }

  /** Somebody who sends requests may know of this service. */
  boolean isKnown() {
    return callers.areThere();
  }

  /** Has this service answer what arrives there; also hears who connects. */
  HttpServer behind(HttpServer server) {
    return server.connectionHandler(callers::connected).requestHandler(this);
  }

  @Override
  public void handle(HttpServerRequest request) {
    callers.asked(request);
    router.handle(request);
  }

  private void health(Health health, Identity identity) {
    // The handler takes the rest of the path for the name of one check, hence the star.
    get(Callers.LIVE + "/*").handler(health.live());
    get("/health/ready/*").handler(identity).handler(health.ready());
  }

  private void streams(Vertx vertx) {
    admitted(get("/stream/:n")).handler(streams::count).handler(new EventStream(vertx, name));
    admitted(get("/ws")).handler(new WebSocketEcho(streams));
  }

  private void requests(Vertx vertx) {
    counted(get("/")).handler(new Greeting(name));
    counted(get("/bytes/:n")).handler(new Bytes());
    counted(router.route("/echo")).handler(new Echo(name));
    counted(router.route("/delay/:ms")).handler(new Delay(vertx, name));
    counted(router.route("/status/:code")).handler(new StatusCode());
  }

  private Route admitted(Route route) {
    return route.handler(admission);
  }

  private Route counted(Route route) {
    return admitted(route).handler(requests::count);
  }

  /** A route for GET and HEAD; other methods are told so. */
  private Route get(String path) {
    Route route = router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    router.route(path).handler(DemoService::onlyGet);
    return route;
  }

  private static void onlyGet(RoutingContext ctx) {
    ctx.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
    Answer.line(ctx, 405, ctx.request().method() + " is not for " + ctx.request().path());
  }

  private void mistakes() {
    router.errorHandler(400, ctx -> Answer.line(ctx, 400, mistake(ctx.failure())));
    router.errorHandler(404, ctx -> Answer.line(ctx, 404, "nothing at " + ctx.request().path()));
    router.errorHandler(500, DemoService::ourFault);
  }

  private static String mistake(@Nullable Throwable failure) {
    return failure instanceof HttpException named
        ? String.valueOf(named.getPayload())
        : "malformed request";
  }

  private static void ourFault(RoutingContext ctx) {
    String what = ctx.request().method() + " " + ctx.request().path() + " failed";
    LOG.log(Level.SEVERE, what, ctx.failure());
    Answer.line(ctx, 500, "failed");
  }
}
