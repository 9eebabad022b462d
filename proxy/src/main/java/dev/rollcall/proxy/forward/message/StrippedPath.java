package dev.rollcall.proxy.forward.message;

import org.jspecify.annotations.Nullable;

/**
 * Takes a route's own part off the path for upstreams that know nothing of it, and puts it back
 * where they send the client elsewhere.
 */
public final class StrippedPath {

  private StrippedPath() {}

  /**
   * The target without the prefix, its other bytes as the client sent them; null when the prefix
   * isn't there literally, so that nobody can say what the rest is.
   *
   * @param prefix as the route has it, with or without a slash behind
   */
  public static @Nullable String of(String target, String prefix) {
    String part = withoutSlash(prefix);
    if (!target.startsWith(part)) {
      return null;
    }
    int rest = part.length();
    if (rest == target.length() || target.charAt(rest) == '?') {
      return "/" + target.substring(rest);
    }
    if (target.charAt(rest) != '/') {
      return null;
    }
    // Two slashes at the beginning would make of the rest what redirects take for a host.
    while (rest + 1 < target.length() && target.charAt(rest + 1) == '/') {
      rest++;
    }
    return target.substring(rest);
  }

  /** What stands before the path that the upstream sees: {@code /shop}, or nothing for the root. */
  public static String withoutSlash(String prefix) {
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  /**
   * A path that an upstream names, as the client must call it. One that begins with the prefix
   * already is left alone: the upstream has heeded {@code X-Forwarded-Prefix}.
   *
   * @param path of a Location; what is no absolute path stays as it is
   */
  public static String restored(String path, String prefix) {
    boolean absolute = path.startsWith("/") && !path.startsWith("//");
    return absolute && !beginsWith(path, prefix) ? prefix + path : path;
  }

  private static boolean beginsWith(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || "/?#".indexOf(path.charAt(prefix.length())) >= 0);
  }
}
