package dev.rollcall.proxy.forward.message;

import io.netty.util.AsciiString;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Fields that end at each connection (RFC 9110 §7.6.1): a fixed set, and those that {@code
 * Connection} names. {@code Transfer-Encoding} is among them since framing is made anew on each
 * side.
 */
public final class HopByHop {

  /** By length, since that decides nearly every field without a comparison. */
  private static final AsciiString[][] BY_LENGTH = new AsciiString[20][];

  static {
    for (String name :
        List.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "proxy-authenticate",
            "proxy-authorization")) {
      AsciiString[] same = BY_LENGTH[name.length()];
      AsciiString[] more = new AsciiString[same == null ? 1 : same.length + 1];
      if (same != null) {
        System.arraycopy(same, 0, more, 0, same.length);
      }
      more[more.length - 1] = AsciiString.cached(name);
      BY_LENGTH[name.length()] = more;
    }
  }

  private HopByHop() {}

  public static boolean contains(CharSequence name) {
    int length = name.length();
    AsciiString[] same = length < BY_LENGTH.length ? BY_LENGTH[length] : null;
    if (same != null) {
      for (AsciiString one : same) {
        if (one.contentEqualsIgnoreCase(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Lower-case names in {@code Connection} fields that aren't hop-by-hop anyway. */
  public static Set<String> nominated(List<String> connection) {
    Set<String> names = null;
    for (String field : connection) {
      for (int begin = 0, end; begin <= field.length(); begin = end + 1) {
        int comma = field.indexOf(',', begin);
        end = comma < 0 ? field.length() : comma;
        // Nearly always the one option there is, and none that needs a text of its own.
        String name = field.substring(begin, end).trim();
        if (!name.isEmpty() && !name.equalsIgnoreCase("close") && !contains(name)) {
          names = names == null ? new HashSet<>() : names;
          names.add(name.toLowerCase(Locale.ROOT));
        }
      }
    }
    return names == null ? Set.of() : names;
  }

  /** True when one of the comma-separated options in the fields is this one. */
  public static boolean hasOption(List<String> fields, String option) {
    for (String field : fields) {
      for (String part : field.split(",")) {
        if (part.trim().equalsIgnoreCase(option)) {
          return true;
        }
      }
    }
    return false;
  }
}
