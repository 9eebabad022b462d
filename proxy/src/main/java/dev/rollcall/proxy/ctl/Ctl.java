package dev.rollcall.proxy.ctl;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Looks at a running proxy and changes what its admin API lets change. Starts neither Hazelcast nor
 * an event loop, so it is there in a moment. Exit codes: 0 done, 2 the command line is wrong, 1
 * anything else.
 */
public final class Ctl {

  private static final String USAGE =
      """
      usage: java -jar rollcall-proxy.jar ctl COMMAND [OPTION]…

        members [--service NAME]    every instance on the roll, its state and why
        services                    every service, its policy and routes
        drain INSTANCE…             no new requests; what is under way ends
        resume INSTANCE…            may take requests again
        weight INSTANCE N           its share, 0 to 1000, or "registered"
        explain [--method M] [--host H] [--path P] [--address A] [--header 'N: V']…
                                    which instance such a request would go to, and why
        events [--follow]           changes of state that are kept; then those to come

      INSTANCE is a name, or an id where several have that name.

        --url URL          the admin port [http://127.0.0.1:$ROLLCALL_ADMIN_PORT, 9090]
        --token-file FILE  holds the admin token [$ROLLCALL_ADMIN_TOKEN]; drain, resume and weight need it
        --json             what the API answers
        --help             this text

      Exit codes: 0 done, 2 the command line is wrong, 1 no answer or refused.
      """;

  private final CtlArguments args;
  private final AdminClient proxy;
  private final PrintStream out;

  private Ctl(CtlArguments args, AdminClient proxy, PrintStream out) {
    this.args = args;
    this.proxy = proxy;
    this.out = out;
  }

  /**
   * Runs one command.
   *
   * @param args what stands behind {@code ctl}
   * @return the exit code
   */
  public static int run(
      List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      CtlArguments parsed = CtlArguments.of(args, environment);
      if (parsed.help()) {
        out.print(USAGE);
        return args.isEmpty() ? CtlFault.USAGE : 0;
      }
      new Ctl(parsed, new AdminClient(parsed.url(), parsed.token(environment)), out).run();
      return 0;
    } catch (CtlFault fault) {
      err.println(fault.getMessage());
      return fault.exitCode();
    } finally {
      out.flush();
    }
  }

  private void run() throws CtlFault {
    List<String> words = args.words();
    String command = words.isEmpty() ? "" : words.get(0);
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    switch (command) {
      case "members" -> members(rest);
      case "services" -> services(rest);
      case "drain", "resume" -> each(command, rest);
      case "weight" -> weight(rest);
      case "explain" -> explain(rest);
      case "events" -> events(rest);
      default ->
          throw new CtlFault(
              CtlFault.USAGE,
              (command.isEmpty() ? "no command" : command + ": unknown command")
                  + " (expected: members, services, drain, resume, weight, explain or events)");
    }
  }

  private void members(List<String> rest) throws CtlFault {
    count(rest, 0, "members");
    JsonArray roll = roll();
    String service = CtlArguments.last(args.options().get("service"));
    out.print(args.json() ? roll.encodePrettily() + "\n" : new Members(roll).instances(service));
  }

  private void services(List<String> rest) throws CtlFault {
    count(rest, 0, "services");
    JsonArray roll = roll();
    out.print(args.json() ? roll.encodePrettily() + "\n" : new Members(roll).services());
  }

  private void each(String verb, List<String> instances) throws CtlFault {
    if (instances.isEmpty()) {
      throw new CtlFault(CtlFault.USAGE, verb + ": nobody (expected: INSTANCE…)");
    }
    Members members = new Members(roll());
    for (String instance : instances) {
      String path = path(members.idOf(instance), verb);
      JsonObject wish = proxy.change("POST", path, null);
      tell(wish, verb.equals("drain") ? "gets no new requests" : "may take requests again");
    }
  }

  private void weight(List<String> rest) throws CtlFault {
    count(rest, 2, "weight INSTANCE N");
    String given = rest.get(1);
    if (!given.equals("registered") && !given.matches("[0-9]{1,4}")) {
      throw new CtlFault(
          CtlFault.USAGE, "weight: " + given + " (expected: 0 to 1000, or registered)");
    }
    String body = "{\"weight\":" + (given.equals("registered") ? "null" : given) + "}";
    String path = path(new Members(roll()).idOf(rest.get(0)), "weight");
    tell(proxy.change("PUT", path, body), "has weight " + given);
  }

  private void explain(List<String> rest) throws CtlFault {
    count(rest, 0, "explain");
    StringJoiner query = new StringJoiner("&");
    args.options()
        .forEach((name, values) -> values.forEach(value -> query.add(name + "=" + encoded(value))));
    JsonObject answer = (JsonObject) proxy.get("/api/v1/explain?" + query);
    out.print(args.json() ? answer.encodePrettily() + "\n" : Explained.text(answer));
  }

  private void events(List<String> rest) throws CtlFault {
    count(rest, 0, "events");
    String path = "/api/v1/events?history=1" + (args.follow() ? "" : "&follow=false");
    EventLines.print(proxy.stream(path, args.follow()), args.json(), out);
  }

  private JsonArray roll() throws CtlFault {
    return (JsonArray) proxy.get("/api/v1/services");
  }

  private void tell(JsonObject wish, String what) {
    out.print(args.json() ? wish.encode() + "\n" : wish.getString("name") + " " + what + "\n");
  }

  private static void count(List<String> rest, int expected, String usage) throws CtlFault {
    if (rest.size() != expected) {
      String given = rest.isEmpty() ? "nothing" : String.join(" ", rest);
      throw new CtlFault(CtlFault.USAGE, given + " (expected: ctl " + usage + ")");
    }
  }

  private static String path(String id, String verb) {
    return "/api/v1/instances/" + encoded(id).replace("+", "%20") + "/" + verb;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
