package dev.rollcall.proxy.register;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registrar.Outcome;
import dev.rollcall.discovery.settings.DurationText;
import dev.rollcall.discovery.store.Fields;
import dev.rollcall.proxy.admin.AdminProblem;
import dev.rollcall.proxy.admin.GuardedRoutes;
import dev.rollcall.proxy.admin.SmallBody;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT} and {@code DELETE /api/v1/services/{service}/instances/{id}}: a program of any
 * language registers, answers the roll call by registering again, and leaves. Control thread only.
 *
 * <p>An id belongs to the first that came with it, who shows that by a key of its own choice, in
 * the header {@value #KEY}; without one, by the address that it comes from. So the token alone,
 * which many know, changes nothing of what others have registered.
 */
public final class RegisterRoutes implements GuardedRoutes {

  /** Request header. */
  public static final String KEY = "Rollcall-Key";

  static final int MOST_BODY = 16 * 1024;

  private static final System.Logger LOG = System.getLogger(RegisterRoutes.class.getName());
  private static final Pattern KEY_FORM = Pattern.compile("[A-Za-z0-9._~+/=-]{16,128}");
  private static final int SECONDS = 5;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final String PATH = "/api/v1/services/:service/instances/:id";

  private final Supplier<@Nullable Registrar> registrar;

  /**
   * @param registrar null while this proxy has not joined the cluster
   */
  public RegisterRoutes(Supplier<@Nullable Registrar> registrar) {
    this.registrar = registrar;
  }

  @Override
  public void mount(Router router, Handler<RoutingContext> door) {
    SmallBody body = new SmallBody(MOST_BODY);
    router.put(PATH).handler(door).handler(body).handler(this::put);
    router.delete(PATH).handler(door).handler(body).handler(this::delete);
  }

  private void put(RoutingContext request) {
    String service = request.pathParam("service");
    String name = request.pathParam("id");
    try {
      String key = key(request);
      AskedRegistration asked =
          AskedRegistration.of(service, name, request.body().asString(), caller(request));
      String id = Registrar.id(service, name);
      registrar()
          .compose(open -> open.renew(id, key, asked.registration(), asked.load()))
          .timeout(SECONDS, TimeUnit.SECONDS)
          .onSuccess(outcome -> answer(request, outcome))
          .onFailure(why -> unavailable(request, why));
    } catch (IllegalArgumentException fault) {
      new AdminProblem(400, String.valueOf(fault.getMessage())).answer(request);
    }
  }

  private void delete(RoutingContext request) {
    try {
      AskedRegistration.requireName("service", request.pathParam("service"));
      AskedRegistration.requireName("instance", request.pathParam("id"));
      String key = key(request);
      String id = Registrar.id(request.pathParam("service"), request.pathParam("id"));
      Duration limit = limit(request);
      registrar()
          .compose(open -> open.leave(id, key, limit))
          .onSuccess(outcome -> answer(request, outcome))
          .onFailure(why -> unavailable(request, why));
    } catch (IllegalArgumentException fault) {
      new AdminProblem(400, String.valueOf(fault.getMessage())).answer(request);
    }
  }

  private Future<Registrar> registrar() {
    Registrar joined = registrar.get();
    return joined == null
        ? Future.failedFuture("this proxy has not joined the cluster yet")
        : Future.succeededFuture(joined);
  }

  private static void answer(RoutingContext request, Outcome outcome) {
    String id = Registrar.id(request.pathParam("service"), request.pathParam("id"));
    if (outcome instanceof Outcome.Registered registered) {
      LOG.log(
          System.Logger.Level.INFO,
          id
              + " ("
              + registered.instance().endpoint()
              + ") registered over HTTP by "
              + caller(request));
      standing(request, 201, registered.instance());
    } else if (outcome instanceof Outcome.Renewed renewed) {
      standing(request, 200, renewed.instance());
    } else if (outcome instanceof Outcome.Left left) {
      request.json(new JsonObject().put("id", id).put("letGo", left.letGo()));
    } else if (outcome instanceof Outcome.Taken taken) {
      request.response().putHeader("Retry-After", seconds(taken.lease()));
      new AdminProblem(
              409,
              id
                  + " belongs to somebody else (this isn't its "
                  + KEY
                  + ", or its address); it is free "
                  + DurationText.of(taken.lease())
                  + " after the last heartbeat")
          .answer(request);
    } else if (outcome instanceof Outcome.Leaving) {
      request.response().putHeader("Retry-After", "1");
      new AdminProblem(409, id + " is just leaving").answer(request);
    } else if (outcome instanceof Outcome.Unknown) {
      new AdminProblem(404, "no instance " + id + " is on the roll").answer(request);
    } else if (outcome instanceof Outcome.Full full) {
      request.response().putHeader("Retry-After", "10");
      new AdminProblem(
              503, full.most() + " are registered over HTTP, and no more may (register.instances)")
          .answer(request);
    } else if (outcome instanceof Outcome.Refused refused) {
      new AdminProblem(400, refused.why()).answer(request);
    }
  }

  private static void standing(RoutingContext request, int status, Instance instance) {
    Endpoint endpoint = instance.endpoint();
    request.response().setStatusCode(status);
    request.json(
        new JsonObject()
            .put("id", instance.id())
            .put("endpoint", endpoint.toString())
            .put("heartbeat", DurationText.of(instance.heartbeat()))
            .put("lease", DurationText.of(instance.lease()))
            .put("heldBy", isKeyless(request) ? caller(request) : "key"));
  }

  private static void unavailable(RoutingContext request, Throwable why) {
    request.response().putHeader("Retry-After", "1");
    new AdminProblem(503, "the registry doesn't take it: " + why.getMessage()).answer(request);
  }

  /** How long a DELETE waits for requests under way; then it leaves all the same. */
  private static Duration limit(RoutingContext request) {
    String text = request.queryParams().get("wait");
    try {
      Duration wait = DurationText.parse(text == null ? "35s" : text);
      if (wait.compareTo(LONGEST_WAIT) <= 0) {
        return wait;
      }
    } catch (IllegalArgumentException notOne) {
      // As one that is too long.
    }
    throw new IllegalArgumentException("wait: " + Fields.shown(text) + " (expected: 0s to 10m)");
  }

  /** What shows the caller's right to the id. No key has a space: none is another's address. */
  private static String key(RoutingContext request) {
    if (isKeyless(request)) {
      return "address " + caller(request);
    }
    String key = request.request().getHeader(KEY);
    if (!KEY_FORM.matcher(key).matches()) {
      throw new IllegalArgumentException(
          KEY + ": unfit (expected: 16 to 128 of A-Z a-z 0-9 . _ ~ + / = -)");
    }
    return key;
  }

  private static boolean isKeyless(RoutingContext request) {
    return request.request().getHeader(KEY) == null;
  }

  private static String caller(RoutingContext request) {
    return request.request().remoteAddress().host();
  }

  private static String seconds(Duration span) {
    return Long.toString(Math.max(1, span.toSeconds()));
  }
}
