package dev.rollcall.proxy.accesslog;

import dev.rollcall.proxy.forward.FinishedRequest;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The "combined" format that NCSA httpd began. What it has no place for follows, as nginx and
 * Traefik do it: milliseconds, and each try with instance, milliseconds and outcome. What clients
 * sent is escaped: a line stays one line.
 */
final class CombinedLines implements LineFormat {

  private static final DateTimeFormatter NCSA =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US);

  private final SecondText when;

  CombinedLines(ZoneId zone) {
    DateTimeFormatter here = NCSA.withZone(zone);
    when = new SecondText(here::format);
  }

  @Override
  public void add(FinishedRequest request, Line line) {
    line.add(request.client()).add(" - - [").add(when.of(request.at())).add("] \"");
    escape(request.method(), line);
    line.add(' ');
    escape(request.target(), line);
    line.add(' ').add(request.protocol()).add("\" ").add(request.status()).add(' ');
    if (request.bytes() == 0) {
      line.add('-');
    } else {
      line.add(request.bytes());
    }
    quote(request.referer(), line);
    quote(request.userAgent(), line);
    line.add(' ').millis(request.nanos()).add(" \"");
    tries(request.tries(), line);
    line.add('"');
  }

  /** {@code hello-1 1.000 connection refused, hello-2 1.200 ok}. */
  private static void tries(List<FinishedRequest.Try> tries, Line line) {
    if (tries.isEmpty()) {
      line.add('-');
    }
    for (int i = 0; i < tries.size(); i++) {
      FinishedRequest.Try one = tries.get(i);
      if (i > 0) {
        line.add(", ");
      }
      escape(one.instance(), line);
      line.add(' ').millis(one.nanos()).add(' ');
      escape(one.outcome(), line);
    }
  }

  private static void quote(@Nullable String text, Line line) {
    line.add(" \"");
    if (text == null) {
      line.add('-');
    } else {
      escape(text, line);
    }
    line.add('"');
  }

  /** As Apache httpd does. */
  private static void escape(String text, Line line) {
    line.escaped(text, 0xff);
  }
}
