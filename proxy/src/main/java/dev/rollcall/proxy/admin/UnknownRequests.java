package dev.rollcall.proxy.admin;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;

/** What a port answers where no route does: 400, 404, 405 with {@code Allow}, 413. */
public final class UnknownRequests {

  private final Router router;

  private UnknownRequests(Router router) {
    this.router = router;
  }

  /** Answers whatever the routes of this router, now or later, leave over. */
  public static void answer(Router router) {
    UnknownRequests unknown = new UnknownRequests(router);
    // The router judges Host before any route, and would log each such request as an error.
    router.errorHandler(
        400, request -> new AdminProblem(400, "the request is malformed").answer(request));
    router.errorHandler(404, unknown::unknown);
    router.errorHandler(405, unknown::unknown);
    router.errorHandler(
        413, request -> new AdminProblem(413, "the body is too long").answer(request));
  }

  private void unknown(RoutingContext request) {
    Set<String> known = methods(request.request().path());
    if (known.isEmpty()) {
      new AdminProblem(404, "nothing here").answer(request);
      return;
    }
    String allow = String.join(", ", known);
    request.response().putHeader("Allow", allow);
    new AdminProblem(405, "not by this method (expected: " + allow + ")").answer(request);
  }

  private Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    for (Route route : router.getRoutes()) {
      if (route.getPath() != null && route.methods() != null && fits(route.getPath(), path)) {
        route.methods().forEach(method -> methods.add(method.name()));
      }
    }
    return methods;
  }

  /** Segment by segment; one that begins with a colon stands for any. */
  private static boolean fits(String pattern, String path) {
    String[] expected = pattern.split("/", -1);
    String[] asked = path.split("/", -1);
    boolean fits = expected.length == asked.length;
    for (int i = 0; fits && i < expected.length; i++) {
      fits = expected[i].startsWith(":") ? !asked[i].isEmpty() : expected[i].equals(asked[i]);
    }
    return fits;
  }
}
