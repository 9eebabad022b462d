package dev.rollcall.proxy.ctl;

import dev.rollcall.proxy.admin.AdminOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command line, taken apart. The token is never on it: the list of processes shows it to
 * everyone.
 *
 * @param words command and what it is about
 * @param url of the admin port
 * @param tokenFile that holds the token, or null: {@code ROLLCALL_ADMIN_TOKEN}
 * @param options that have a value, by name without dashes
 * @param json print what the API answers
 * @param follow go on until stopped
 * @param help print the usage
 */
record CtlArguments(
    List<String> words,
    URI url,
    @Nullable Path tokenFile,
    Map<String, List<String>> options,
    boolean json,
    boolean follow,
    boolean help) {

  private static final List<String> VALUED =
      List.of("url", "token-file", "method", "host", "path", "address", "header", "service");

  static CtlArguments of(List<String> args, Map<String, String> environment) throws CtlFault {
    List<String> words = new ArrayList<>();
    Map<String, List<String>> options = new LinkedHashMap<>();
    boolean json = false;
    boolean follow = false;
    boolean help = args.isEmpty();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      switch (arg) {
        case "--json" -> json = true;
        case "--follow", "-f" -> follow = true;
        case "--help", "-h" -> help = true;
        default -> {
          if (!arg.startsWith("-")) {
            words.add(arg);
          } else {
            int equals = arg.indexOf('=');
            String name = name(equals < 0 ? arg : arg.substring(0, equals));
            if (equals < 0 && i + 1 == args.size()) {
              throw new CtlFault(CtlFault.USAGE, arg + ": nothing (expected: a value)");
            }
            String value = equals < 0 ? args.get(++i) : arg.substring(equals + 1);
            options.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
          }
        }
      }
    }
    String tokenFile = last(options.remove("token-file"));
    if (tokenFile == null) {
      tokenFile = environment.get("ROLLCALL_ADMIN_TOKEN_FILE");
    }
    return new CtlArguments(
        words,
        url(last(options.remove("url")), environment),
        tokenFile == null || tokenFile.isBlank() ? null : Path.of(tokenFile),
        options,
        json,
        follow,
        help);
  }

  private static String name(String option) throws CtlFault {
    String name = option.startsWith("--") ? option.substring(2) : "";
    if (name.startsWith("token") && !name.equals("token-file")) {
      throw new CtlFault(
          CtlFault.USAGE,
          option
              + ": not on the command line, where the list of processes shows it"
              + " (expected: ROLLCALL_ADMIN_TOKEN, or --token-file FILE)");
    }
    if (!VALUED.contains(name)) {
      throw new CtlFault(CtlFault.USAGE, option + ": unknown option (try ctl --help)");
    }
    return name;
  }

  private static URI url(@Nullable String given, Map<String, String> environment) throws CtlFault {
    String port = environment.getOrDefault("ROLLCALL_ADMIN_PORT", AdminOptions.PORT);
    String url = given == null ? "http://127.0.0.1:" + port : given.replaceAll("/+$", "");
    try {
      URI parsed = URI.create(url.contains("://") ? url : "http://" + url);
      if (parsed.getHost() != null && "http".equals(parsed.getScheme())) {
        return parsed;
      }
    } catch (IllegalArgumentException notOne) {
      // Said below.
    }
    throw new CtlFault(
        CtlFault.USAGE, "--url: " + url + " (expected: http://HOST:PORT of a proxy's admin port)");
  }

  static @Nullable String last(@Nullable List<String> values) {
    return values == null ? null : values.get(values.size() - 1);
  }

  /** The token of the file or the environment, or null. */
  @Nullable String token(Map<String, String> environment) throws CtlFault {
    if (tokenFile == null) {
      String token = environment.getOrDefault("ROLLCALL_ADMIN_TOKEN", "").strip();
      return token.isEmpty() ? null : token;
    }
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException unreadable) {
      throw new CtlFault(
          CtlFault.USAGE, "--token-file: " + tokenFile + " can't be read (expected: a file)");
    }
  }
}
