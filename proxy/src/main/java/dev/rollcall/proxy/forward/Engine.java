package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.client.Limits;
import dev.rollcall.proxy.forward.client.TrustedProxies;
import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.Authority;
import dev.rollcall.proxy.forward.message.Ids;
import dev.rollcall.proxy.forward.message.Refusal;
import dev.rollcall.proxy.forward.message.StrippedPath;
import dev.rollcall.proxy.forward.message.TargetPath;
import dev.rollcall.proxy.forward.rate.RateLimiter;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import dev.rollcall.proxy.roll.RouteTable;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyInterceptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Forwards requests to the upstreams of the roll. Stands where vertx-web-proxy expects an {@link
 * HttpProxy}; what that interface offers and the roll decides here, throws. One engine for each
 * traffic loop, used on it only.
 */
final class Engine implements HttpProxy {

  private final TrafficLoop loop;
  private final OwnAnswers own;

  Engine(TrafficLoop loop, OwnAnswers own) {
    this.loop = loop;
    this.own = own;
  }

  @Override
  public HttpProxy origin(OriginRequestProvider provider) {
    throw new UnsupportedOperationException(
        "origin: the roll decides which upstream a request goes to");
  }

  @Override
  public HttpProxy addInterceptor(ProxyInterceptor interceptor, boolean supportsWebSocketUpgrade) {
    throw new UnsupportedOperationException(
        "interceptors: put a handler into the Router before the proxy");
  }

  /** The Router shows a request of HTTP/1 as one of its own; what counts is what came. */
  @Override
  public void handle(HttpServerRequest shown) {
    if (shown.connection() instanceof ClientLink link && link.serving() != null) {
      serve(link.serving());
    }
  }

  /** Forwards a request that the edge has let in. */
  void serve(InboundRequest request) {
    try {
      judge(request);
    } catch (RuntimeException | Error e) {
      own.broken(request, e);
    }
  }

  private void judge(InboundRequest request) {
    String requestId = Ids.requestId();
    ForwardContext context = loop.context();
    int limit = context.options().limits().inFlight();
    if (limit != Limits.NONE && context.inFlight().get() >= limit) {
      own.refuse(request, Refusal.OVERLOAD, requestId);
      return;
    }
    if (ForwardLoop.has(request)) {
      own.refuse(request, Refusal.LOOP, requestId);
      return;
    }
    Long hops = MaxForwards.of(request);
    if (hops != null && hops == 0) {
      MaxForwards.answer(request);
      return;
    }
    String path = TargetPath.raw(request.uri());
    String plain = TargetPath.isPlain(path) ? path : TargetPath.normalized(path);
    HttpsRedirect redirect = context.options().redirect();
    if (redirect != null && redirects(redirect, request, plain)) {
      own.redirect(request, redirect, host(request), requestId);
      return;
    }
    RouteTable routes = context.roll().snapshot().routes();
    String host = host(request);
    RouteTable.Route route = find(routes, host, path, request);
    if (plain != path) {
      RouteTable.Route other = plain == null ? null : find(routes, host, plain, request);
      if (plain == null || (route != null && route != other)) {
        own.refuse(request, Refusal.TRAVERSAL, requestId);
        return;
      }
      route = other;
    }
    if (route == null) {
      missing(request, routes, requestId);
      return;
    }
    RateLimiter rates = context.rates();
    if (rates != null) {
      int wait =
          rates.secondsToWait(
              request, route.service(), prefix -> RouteTable.isBelow(prefix, plain));
      if (wait > 0) {
        own.refuse(request, Refusal.RATE, requestId, wait);
        return;
      }
    }
    String target = request.uri();
    if (route.strip()) {
      target = StrippedPath.of(target, route.prefix());
      if (target == null || !isSameBelow(route.prefix(), plain, target)) {
        own.refuse(request, Refusal.TRAVERSAL, requestId);
        return;
      }
    }
    forward(request, route, target, requestId);
  }

  /** Answers a request that has waited to be served. */
  void refuse(InboundRequest request, Refusal refusal) {
    own.refuse(request, refusal);
  }

  /** The client of such a request went away. */
  void abandoned(InboundRequest request) {
    own.abandoned(request);
  }

  /** Nobody serves it, as far as this proxy knows. */
  private void missing(InboundRequest request, RouteTable routes, String requestId) {
    if (loop.earlyRequests().keep(request, this)) {
      return;
    }
    boolean known = !routes.routes().isEmpty() && !loop.context().arrival().isUnderWay();
    own.refuse(request, known ? Refusal.NO_ROUTE : Refusal.NOBODY, requestId);
  }

  private static RouteTable.@Nullable Route find(
      RouteTable routes, String host, String path, InboundRequest request) {
    return routes.isConditional()
        ? routes.find(host, path, request::getHeader)
        : routes.find(host, path);
  }

  /** What is left of the path must mean the same without its beginning: no way out of it. */
  private static boolean isSameBelow(String prefix, String plain, String target) {
    String rest = TargetPath.raw(target);
    return TargetPath.isPlain(rest)
        || Objects.equals(TargetPath.normalized(rest), StrippedPath.of(plain, prefix));
  }

  private boolean redirects(
      HttpsRedirect redirect, InboundRequest request, @Nullable String plain) {
    TrustedProxies trusted = loop.context().options().trusted();
    return redirect.applies(
        request.isSSL(), UpstreamHead.believedScheme(request, trusted), plain == null ? "" : plain);
  }

  private void forward(
      InboundRequest request, RouteTable.Route route, String target, String requestId) {
    IncomingBody kept = request.waitsSince() == 0 ? null : loop.earlyRequests().handOn(request);
    IncomingBody body = kept == null ? IncomingBody.of(request, loop) : kept;
    if (body.isUnsure(request)) {
      loop.eventLoop().execute(() -> start(request, route, target, requestId, body.known()));
    } else {
      start(request, route, target, requestId, body);
    }
  }

  private void start(
      InboundRequest request,
      RouteTable.Route route,
      String target,
      String requestId,
      IncomingBody body) {
    try {
      if (!request.response().closed()) {
        forwarding(request, route, target, requestId, body).start();
        return;
      }
    } catch (RuntimeException | Error e) {
      own.broken(request, e);
    }
    // Nobody else would: it is kept for an upstream.
    body.drain();
  }

  private Forwarding forwarding(
      InboundRequest request,
      RouteTable.Route route,
      String target,
      String requestId,
      IncomingBody body) {
    TrustedProxies trusted = loop.context().options().trusted();
    String prefix = route.strip() ? StrippedPath.withoutSlash(route.prefix()) : "";
    ClientIntroduction client = ClientIntroduction.of(request);
    RequestHead head =
        UpstreamHead.of(request, target, prefix, body.kind(), trusted, requestId, client);
    return new Forwarding(loop, request, route.service(), head, requestId, body.body());
  }

  private static String host(InboundRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return request.authority() == null ? "" : Authority.host(request.authority().toString());
    }
    String host = request.getHeader(HttpHeaderNames.HOST);
    return host == null ? "" : Authority.host(host);
  }
}
