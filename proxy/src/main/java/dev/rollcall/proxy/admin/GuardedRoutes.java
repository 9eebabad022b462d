package dev.rollcall.proxy.admin;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Routes that change something, on whichever port they are. */
@FunctionalInterface
public interface GuardedRoutes {

  /**
   * Adds them.
   *
   * @param door comes before each: lets through who may, and answers all others itself
   */
  void mount(Router router, Handler<RoutingContext> door);
}
