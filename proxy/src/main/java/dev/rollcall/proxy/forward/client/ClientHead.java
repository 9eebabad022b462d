package dev.rollcall.proxy.forward.client;

import static dev.rollcall.proxy.forward.message.FieldRules.is;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.proxy.forward.message.HopByHop;
import dev.rollcall.proxy.forward.message.StrippedPath;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes the client's response fields of an upstream's: end-to-end ones, less what would tell who
 * answered.
 */
public final class ClientHead {

  private static final AsciiString X_POWERED_BY = AsciiString.cached("x-powered-by");
  private static final AsciiString REFRESH = AsciiString.cached("refresh");
  private static final String ROLLCALL = "rollcall-";

  private ClientHead() {}

  /**
   * What passes of an upstream's fields: taken out of them is what doesn't, since nobody else looks
   * at them again.
   *
   * @param upstream whose own address is replaced in redirects
   * @param origin how the client calls us, for example {@code https://example.org}
   * @param prefix what was taken off the client's path, put back in redirects; mostly empty
   */
  public static HeadersMultiMap of(
      HttpHeaders from, Endpoint upstream, Supplier<String> origin, String prefix) {
    HeadersMultiMap to = from instanceof HeadersMultiMap own ? own : copy(from);
    Set<String> nominated =
        to.contains(HttpHeaderNames.CONNECTION)
            ? HopByHop.nominated(to.getAll(HttpHeaderNames.CONNECTION))
            : Set.of();
    List<CharSequence> dropped = null;
    Iterator<Map.Entry<CharSequence, CharSequence>> fields = to.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      CharSequence name = field.getKey();
      if (!passes(name) || isNominated(nominated, name)) {
        dropped = dropped == null ? new ArrayList<>(4) : dropped;
        dropped.add(name);
      } else if (isUrl(name)) {
        field.setValue(here(field.getValue().toString(), upstream, origin.get(), prefix));
      }
    }
    if (dropped != null) {
      // Not midway: a name is taken out with all its fields, the next one may be among them.
      for (int i = 0; i < dropped.size(); i++) {
        to.remove(dropped.get(i));
      }
    }
    return to;
  }

  private static HeadersMultiMap copy(HttpHeaders from) {
    HeadersMultiMap to = HeadersMultiMap.httpHeaders();
    from.iteratorCharSequence().forEachRemaining(f -> to.add(f.getKey(), f.getValue()));
    return to;
  }

  private static boolean isNominated(Set<String> nominated, CharSequence name) {
    return !nominated.isEmpty() && nominated.contains(name.toString().toLowerCase(Locale.ROOT));
  }

  /**
   * Trailer fields that may follow a body: no framing, no routing, nothing that tells who answered.
   */
  static void copyTrailers(HttpHeaders from, MultiMap to) {
    for (Map.Entry<String, String> field : from) {
      String name = field.getKey();
      if (passes(name)
          && !is(name, HttpHeaderNames.CONTENT_LENGTH)
          && !is(name, HttpHeaderNames.HOST)
          && !is(name, HttpHeaderNames.TRAILER)) {
        to.add(name, field.getValue());
      }
    }
  }

  private static boolean passes(CharSequence name) {
    if (HopByHop.contains(name)) {
      return false;
    }
    return switch (name.length()) {
          case 3 -> !is(name, HttpHeaderNames.VIA);
          case 6 -> !is(name, HttpHeaderNames.SERVER);
          case 12 -> !is(name, X_POWERED_BY);
          default -> name.charAt(0) != ':';
        }
        && !AsciiString.regionMatches(name, true, 0, ROLLCALL, 0, ROLLCALL.length());
  }

  private static boolean isUrl(CharSequence name) {
    return switch (name.length()) {
      case 7 -> is(name, REFRESH);
      case 8 -> is(name, HttpHeaderNames.LOCATION);
      case 16 -> is(name, HttpHeaderNames.CONTENT_LOCATION);
      default -> false;
    };
  }

  /** Puts the prefix back: into an absolute path, or one at our own origin. */
  private static String prefixed(String value, String origin, String prefix) {
    if (prefix.isEmpty()) {
      return value;
    }
    int url = value.toLowerCase(Locale.ROOT).indexOf("url=");
    int begin = url < 0 ? 0 : url + 4;
    int path = value.startsWith(origin, begin) ? begin + origin.length() : begin;
    return value.substring(0, path) + StrippedPath.restored(value.substring(path), prefix);
  }

  /** A URL as the client has to call it. */
  private static String here(String value, Endpoint upstream, String origin, String prefix) {
    return prefixed(relocated(value, upstream, origin), origin, prefix);
  }

  /**
   * Replaces the upstream's own origin, with or without its port when that is 80, by the client's.
   */
  private static String relocated(String value, Endpoint upstream, String origin) {
    String own = "//" + upstream;
    String named = replaced(value, own, origin);
    return named.equals(value) && upstream.port() == 80
        ? replaced(value, own.substring(0, own.length() - 3), origin)
        : named;
  }

  private static String replaced(String value, String own, String origin) {
    String lower = value.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(own.toLowerCase(Locale.ROOT));
    int end = at + own.length();
    if (at < 0 || (end < value.length() && "/?#".indexOf(value.charAt(end)) < 0)) {
      return value;
    }
    String before = lower.substring(0, at);
    int scheme = before.endsWith("https:") ? 6 : before.endsWith("http:") ? 5 : 0;
    boolean atStart = at == scheme || before.substring(0, at - scheme).endsWith("url=");
    return atStart ? value.substring(0, at - scheme) + origin + value.substring(end) : value;
  }
}
