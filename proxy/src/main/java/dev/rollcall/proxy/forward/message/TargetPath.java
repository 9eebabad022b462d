package dev.rollcall.proxy.forward.message;

import org.jspecify.annotations.Nullable;

/**
 * The path that routing looks at: without query, unreserved characters decoded, dot segments
 * removed (RFC 3986 §6.2.2). What is forwarded stays as the client sent it, so a target whose plain
 * and normalised paths lead to different routes is refused by the engine: the upstream might read
 * it the other way.
 */
public final class TargetPath {

  private TargetPath() {}

  /** Up to the query. */
  public static String raw(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** True when {@link #normalized} could differ from the raw path. */
  public static boolean isPlain(String path) {
    return path.indexOf('%') < 0
        && !path.contains("/.")
        && !path.contains("//")
        && path.indexOf('\\') < 0;
  }

  /** The normalised path, or null when it climbs above the root. */
  public static @Nullable String normalized(String path) {
    String decoded = decodeUnreserved(path);
    StringBuilder out = new StringBuilder(decoded.length());
    int i = 0;
    while (i < decoded.length()) {
      int next = decoded.indexOf('/', i + 1);
      int end = next < 0 ? decoded.length() : next;
      String segment = decoded.substring(i + 1, end);
      boolean last = next < 0;
      if (segment.equals("..")) {
        int parent = out.lastIndexOf("/");
        if (parent < 0) {
          return null;
        }
        out.setLength(parent);
        if (last) {
          out.append('/');
        }
      } else if (segment.equals(".")) {
        if (last) {
          out.append('/');
        }
      } else if (!segment.isEmpty() || last) {
        // Upstreams commonly merge slashes, so empty segments don't count for routing.
        out.append('/').append(segment);
      }
      i = end;
    }
    return out.length() == 0 ? "/" : out.toString();
  }

  /** Encoded slashes and backslashes count as slashes: some upstreams read them so. */
  private static String decodeUnreserved(String path) {
    if (path.indexOf('%') < 0 && path.indexOf('\\') < 0) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' && i + 2 < path.length()) {
        int value =
            Character.digit(path.charAt(i + 1), 16) << 4 | Character.digit(path.charAt(i + 2), 16);
        if (value > 0 && (isUnreserved((char) value) || value == '/' || value == '\\')) {
          c = (char) value;
          i += 2;
        }
      }
      out.append(c == '\\' ? '/' : c);
    }
    return out.toString();
  }

  private static boolean isUnreserved(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-._~".indexOf(c) >= 0;
  }
}
