package dev.rollcall.proxy.admin;

import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.discovery.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may change something: tokens, each with the name that its changes are noted under.
 *
 * @param byName {@value #UNNAMED} for the one of {@code admin.token}
 */
public record AdminTokens(Map<String, Secret> byName) {

  static final String UNNAMED = "admin";

  public static final AdminTokens NONE = new AdminTokens(Map.of());

  private static final String EXPECTED = "name=token, separated by commas or lines, each name once";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public AdminTokens {
    byName = Map.copyOf(byName);
  }

  /** One token, without a name of its own. */
  public static AdminTokens of(@Nullable String token) {
    return token == null ? NONE : new AdminTokens(Map.of(UNNAMED, new Secret(token)));
  }

  /** The same. */
  public static AdminTokens of(@Nullable Secret token) {
    return token == null ? NONE : new AdminTokens(Map.of(UNNAMED, token));
  }

  static AdminTokens read(Settings settings) {
    Secret single = settings.secret("admin.token", "allows changes; without it they answer 403");
    Secret several =
        settings.secret("admin.tokens", "name=token,…: the same, and events name who it was");
    Map<String, Secret> tokens = new LinkedHashMap<>();
    if (single != null) {
      tokens.put(UNNAMED, single);
    }
    if (several != null && !add(several.reveal(), tokens)) {
      settings.refuse("admin.tokens", EXPECTED);
    }
    return new AdminTokens(tokens);
  }

  private static boolean add(String text, Map<String, Secret> tokens) {
    for (String line : text.split("[,\\n]", -1)) {
      String entry = line.strip();
      int equals = entry.indexOf('=');
      if (entry.isEmpty()) {
        continue;
      }
      String name = equals < 0 ? "" : entry.substring(0, equals).strip();
      String token = entry.substring(equals + 1).strip();
      if (!NAME.matcher(name).matches()
          || token.isEmpty()
          || tokens.put(name, new Secret(token)) != null) {
        return false;
      }
    }
    return true;
  }
}
