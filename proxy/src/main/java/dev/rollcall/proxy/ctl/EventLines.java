package dev.rollcall.proxy.ctl;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events as lines. */
final class EventLines {

  private static final String DATA = "data: ";

  private EventLines() {}

  /** Prints each as it comes, until the stream ends. */
  static void print(InputStream events, boolean json, PrintStream out) throws CtlFault {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        if (line.startsWith(DATA)) {
          String data = line.substring(DATA.length());
          out.print((json ? data : text(new JsonObject(data))) + "\n");
          out.flush();
        }
      }
    } catch (IOException broken) {
      throw new CtlFault(CtlFault.REFUSED, "the events broke off: " + broken.getMessage());
    }
  }

  private static String text(JsonObject event) {
    String from = event.getString("from");
    String to = event.getString("to");
    return (event.getString("at")
            + "  "
            + event.getString("service")
            + "  "
            + event.getString("name")
            + "  "
            + (from.equals(to) ? to : from + " -> " + to)
            + "  "
            + event.getString("reason"))
        .replaceAll("\\p{Cntrl}", " ");
  }
}
