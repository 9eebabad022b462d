package dev.rollcall.proxy.accesslog;

import dev.rollcall.proxy.forward.FinishedRequest;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object a line (RFC 8259), in ASCII: what isn't is escaped. */
final class JsonLines implements LineFormat {

  private static final int UP_TO_SECONDS = "2026-01-01T00:00:00".length();

  private final SecondText when =
      new SecondText(at -> DateTimeFormatter.ISO_INSTANT.format(at).substring(0, UP_TO_SECONDS));

  @Override
  public void add(FinishedRequest request, Line line) {
    line.add("{\"at\":\"").add(when.of(request.at()));
    line.add('.').three((int) Math.floorMod(request.at(), 1000L)).add("Z\"");
    text("client", request.client(), line);
    text("method", request.method(), line);
    text("target", request.target(), line);
    text("protocol", request.protocol(), line);
    line.add(",\"status\":").add(request.status());
    line.add(",\"bytes\":").add(request.bytes());
    line.add(",\"ms\":").millis(request.nanos());
    text("requestId", request.requestId(), line);
    text("service", request.service(), line);
    if (request.reason() != null) {
      text("reason", request.reason(), line);
    }
    text("referer", request.referer(), line);
    text("userAgent", request.userAgent(), line);
    line.add(",\"tries\":[");
    tries(request.tries(), line);
    line.add("]}");
  }

  private static void tries(List<FinishedRequest.Try> tries, Line line) {
    for (int i = 0; i < tries.size(); i++) {
      FinishedRequest.Try one = tries.get(i);
      line.add(i == 0 ? "{\"instance\":\"" : ",{\"instance\":\"");
      escape(one.instance(), line);
      line.add("\",\"ms\":").millis(one.nanos());
      text("outcome", one.outcome(), line);
      line.add('}');
    }
  }

  private static void text(String key, @Nullable String value, Line line) {
    line.add(",\"").add(key).add("\":");
    if (value == null) {
      line.add("null");
    } else {
      line.add('"');
      escape(value, line);
      line.add('"');
    }
  }

  private static void escape(String text, Line line) {
    line.escaped(text, -1);
  }
}
