package dev.rollcall.upstream;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number in the path of a request, such as {@code 250} in {@code /delay/250}.
 *
 * @param name of the path parameter
 * @param meaning for the person who got it wrong, for example {@code milliseconds}
 * @param least smallest value taken
 * @param most largest value taken
 */
record PathNumber(String name, String meaning, long least, long most) {

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  /**
   * The value in this request.
   *
   * @throws HttpException 400, when it is no number or out of bounds
   */
  long in(RoutingContext ctx) {
    String text = ctx.pathParam(name);
    if (text == null || !DIGITS.matcher(text).matches()) {
      throw mistake(text);
    }
    long value = Long.parseLong(text);
    if (value < least || value > most) {
      throw mistake(text);
    }
    return value;
  }

  private HttpException mistake(@Nullable String text) {
    return new HttpException(
        400, "%s: %s (expected: %s, %d to %d)".formatted(name, text, meaning, least, most));
  }
}
