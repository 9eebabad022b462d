package dev.rollcall.proxy.forward;

import static dev.rollcall.proxy.forward.message.FieldRules.is;

import dev.rollcall.proxy.forward.client.TrustedProxies;
import dev.rollcall.proxy.forward.message.BodyKind;
import dev.rollcall.proxy.forward.message.HopByHop;
import dev.rollcall.proxy.forward.message.Ids;
import dev.rollcall.proxy.forward.message.Upgrade;
import dev.rollcall.proxy.forward.upstream.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head that upstreams see of the one that the client sent: end-to-end fields as they
 * came, hop-by-hop ones gone, framing anew, and who asked, told by us (RFC 9110 §7.6, RFC 7239, W3C
 * Trace Context).
 */
final class UpstreamHead {

  private static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
  private static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
  private static final AsciiString X_FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
  private static final AsciiString X_FORWARDED_PREFIX = AsciiString.cached("x-forwarded-prefix");
  private static final AsciiString FORWARDED = AsciiString.cached("forwarded");
  private static final AsciiString X_REQUEST_ID = AsciiString.cached("x-request-id");
  private static final AsciiString TRACEPARENT = AsciiString.cached("traceparent");
  private static final AsciiString TRACESTATE = AsciiString.cached("tracestate");
  private static final AsciiString ROLLCALL = AsciiString.cached("rollcall-");
  private static final AsciiString VIA_1_0 = AsciiString.cached("1.0 rollcall");
  private static final AsciiString VIA_1_1 = AsciiString.cached("1.1 rollcall");
  private static final AsciiString VIA_2 = AsciiString.cached("2 rollcall");

  private UpstreamHead() {}

  /**
   * @param target origin form, as the client sent it, less the prefix
   * @param prefix what a route has taken off, or empty
   * @param requestId ours, used unless a trusted proxy brought one
   * @param client who asks
   */
  static RequestHead of(
      HttpServerRequest request,
      String target,
      String prefix,
      BodyKind body,
      TrustedProxies trusted,
      String requestId,
      ClientIntroduction client) {
    MultiMap from = request.headers();
    boolean http2 = request.version() == HttpVersion.HTTP_2;
    List<String> connection =
        from.contains(HttpHeaderNames.CONNECTION)
            ? from.getAll(HttpHeaderNames.CONNECTION)
            : List.of();
    Set<String> nominated = connection.isEmpty() ? Set.of() : HopByHop.nominated(connection);
    boolean believed = isBelieved(request, trusted);
    String authority = authority(request);

    // EdgeCheck and Http2Check have judged every field, more strictly than a second look would.
    HeadersMultiMap to = HeadersMultiMap.caseInsensitive();
    to.add(HttpHeaderNames.HOST, authority);
    StringBuilder cookies = null;
    Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> fields =
        from instanceof HttpHeaders http1 ? http1.iteratorCharSequence() : from.iterator();
    while (fields.hasNext()) {
      Map.Entry<? extends CharSequence, ? extends CharSequence> field = fields.next();
      CharSequence name = field.getKey();
      if (http2 && is(name, HttpHeaderNames.COOKIE)) {
        cookies = cookies == null ? new StringBuilder() : cookies.append("; ");
        cookies.append(field.getValue());
      } else if (isEndToEnd(name) && (nominated.isEmpty() || !isNominated(nominated, name))) {
        to.add(name, field.getValue());
      }
    }
    if (cookies != null) {
      // RFC 9113 §8.2.3: crumbs become one field again where HTTP/1.1 begins.
      to.add(HttpHeaderNames.COOKIE, cookies);
    }
    if (body.present()) {
      frame(to, body);
    } else {
      to.remove(HttpHeaderNames.EXPECT);
    }
    Long hops = MaxForwards.of(request);
    if (hops != null) {
      to.set(HttpHeaderNames.MAX_FORWARDS, Long.toString(hops - 1));
    }
    addHopByHop(request, connection, body, to);
    addClient(request, from, believed, authority, client, to);
    addPrefix(from, believed, prefix, to);
    addTrace(from, believed, requestId, to);
    return new RequestHead(request.method().name(), target, prefix, authority, to);
  }

  /** What a trusted proxy says of the client's scheme, or null. */
  static @Nullable String believedScheme(HttpServerRequest request, TrustedProxies trusted) {
    return isBelieved(request, trusted) ? request.getHeader(X_FORWARDED_PROTO) : null;
  }

  private static boolean isBelieved(HttpServerRequest request, TrustedProxies trusted) {
    return !trusted.isEmpty() && trusted.contains(peer(request));
  }

  private static boolean isEndToEnd(CharSequence name) {
    if (name.charAt(0) == ':' || HopByHop.contains(name)) {
      return false;
    }
    return switch (name.length()) {
          case 4 -> !is(name, HttpHeaderNames.HOST);
          case 3 -> !is(name, HttpHeaderNames.VIA);
          case 9 -> !is(name, FORWARDED);
          case 10 -> !is(name, TRACESTATE);
          case 11 -> !is(name, TRACEPARENT);
          case 12 -> !is(name, X_REQUEST_ID);
          case 14 -> !is(name, HttpHeaderNames.CONTENT_LENGTH);
          case 15 -> !is(name, X_FORWARDED_FOR);
          case 16 -> !is(name, X_FORWARDED_HOST);
          case 17 -> !is(name, X_FORWARDED_PROTO);
          case 18 -> !is(name, X_FORWARDED_PREFIX);
          default -> true;
        }
        && !AsciiString.regionMatches(name, true, 0, ROLLCALL, 0, ROLLCALL.length());
  }

  private static boolean isNominated(Set<String> nominated, CharSequence name) {
    return nominated.contains(name.toString().toLowerCase(Locale.ROOT));
  }

  private static void frame(HeadersMultiMap to, BodyKind body) {
    if (body.length() >= 0) {
      to.add(HttpHeaderNames.CONTENT_LENGTH, Long.toString(body.length()));
    } else {
      to.add(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    }
  }

  private static void addHopByHop(
      HttpServerRequest request, List<String> connection, BodyKind body, HeadersMultiMap to) {
    if (Upgrade.isWanted(request, connection, body)) {
      to.add(HttpHeaderNames.CONNECTION, "Upgrade");
      to.add(HttpHeaderNames.UPGRADE, request.getHeader(HttpHeaderNames.UPGRADE));
    } else if (request.headers().contains(HttpHeaderNames.TE)
        && HopByHop.hasOption(request.headers().getAll(HttpHeaderNames.TE), "trailers")) {
      to.add(HttpHeaderNames.CONNECTION, "TE");
      to.add(HttpHeaderNames.TE, "trailers");
    }
  }

  private static void addClient(
      HttpServerRequest request,
      MultiMap from,
      boolean believed,
      String authority,
      ClientIntroduction client,
      HeadersMultiMap to) {
    String chain = believed ? joined(from, X_FORWARDED_FOR) : null;
    String hops = believed ? joined(from, FORWARDED) : null;
    AsciiString hop = client.forwarded(authority);
    to.add(X_FORWARDED_FOR, chain == null ? client.address() : chain + ", " + client.address());
    to.add(
        X_FORWARDED_PROTO, orElse(believed ? from.get(X_FORWARDED_PROTO) : null, client.scheme()));
    to.add(X_FORWARDED_HOST, orElse(believed ? from.get(X_FORWARDED_HOST) : null, authority));
    to.add(FORWARDED, hops == null ? hop : hops + ", " + hop);
    String vias = joined(from, HttpHeaderNames.VIA);
    to.add(HttpHeaderNames.VIA, vias == null ? via(request) : vias + ", " + via(request));
  }

  private static AsciiString via(HttpServerRequest request) {
    return switch (request.version()) {
      case HTTP_1_0 -> VIA_1_0;
      case HTTP_1_1 -> VIA_1_1;
      case HTTP_2 -> VIA_2;
    };
  }

  /** What proxies have taken off the path, ours last: applications make their links with it. */
  private static void addPrefix(
      MultiMap from, boolean believed, String prefix, HeadersMultiMap to) {
    String before = believed ? from.get(X_FORWARDED_PREFIX) : null;
    if (before != null || !prefix.isEmpty()) {
      to.add(X_FORWARDED_PREFIX, orElse(before, "") + prefix);
    }
  }

  private static void addTrace(
      MultiMap from, boolean believed, String requestId, HeadersMultiMap to) {
    to.add(X_REQUEST_ID, orElse(believed ? from.get(X_REQUEST_ID) : null, requestId));
    String parent = from.get(TRACEPARENT);
    if (Ids.isTraceparent(parent)) {
      to.add(TRACEPARENT, parent);
      String state = joined(from, TRACESTATE);
      if (state != null) {
        to.add(TRACESTATE, state);
      }
    } else {
      to.add(TRACEPARENT, Ids.traceparent());
    }
  }

  /**
   * What the client called us; an HTTP/1.0 client that named nobody called the address it reached.
   */
  private static String authority(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return String.valueOf(request.authority());
    }
    String host = request.getHeader(HttpHeaderNames.HOST);
    return host != null ? host : String.valueOf(request.localAddress());
  }

  private static @Nullable InetSocketAddress peer(HttpServerRequest request) {
    SocketAddress real = request.connection().remoteAddress(true);
    if (real == null || real.hostAddress() == null) {
      return null;
    }
    return new InetSocketAddress(real.hostAddress(), real.port());
  }

  private static @Nullable String joined(MultiMap from, CharSequence name) {
    return from.contains(name) ? String.join(", ", from.getAll(name)) : null;
  }

  private static CharSequence orElse(@Nullable CharSequence value, CharSequence otherwise) {
    return value == null ? otherwise : value;
  }
}
