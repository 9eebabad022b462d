package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Canary;
import dev.rollcall.proxy.roll.CanaryRule;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.FieldMatch;
import org.jspecify.annotations.Nullable;

/**
 * Which requests of a service try its canary: those that ask for it by a header or a cookie, those
 * whose session is there already, and of the others a share. Any thread.
 */
public final class CanaryChoice {

  private CanaryChoice() {}

  /**
   * @param policy of those that are no canary
   * @param canaryPolicy of those that are
   */
  public static boolean wanted(
      Canary canary,
      Candidates others,
      SelectionPolicy policy,
      SelectionPolicy canaryPolicy,
      RequestFacts request) {
    return reason(canary, request) != null
        || (canary.rule().share() > 0
            && (canaryPolicy.knows(canary.candidates(), request)
                || (!policy.knows(others, request) && canary.takesTurn())));
  }

  /** Which header or cookie of the request asks for it, or null. */
  public static @Nullable String reason(Canary canary, RequestFacts request) {
    CanaryRule rule = canary.rule();
    if (rule.header() != null && rule.header().holds(request::header)) {
      return "its header " + rule.header();
    }
    return rule.cookie() != null && hasCookie(rule.cookie(), request)
        ? "its cookie " + rule.cookie()
        : null;
  }

  private static boolean hasCookie(FieldMatch cookie, RequestFacts request) {
    String cookies = request.header("cookie");
    if (cookies == null) {
      return false;
    }
    int begin = NamedValue.begin(cookies, 0, ';', cookie.name());
    return begin >= 0
        && (cookie.value().isEmpty()
            || cookies
                .substring(begin, NamedValue.end(cookies, begin, ';'))
                .equals(cookie.value()));
  }
}
