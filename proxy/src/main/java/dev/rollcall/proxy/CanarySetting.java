package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.roll.CanaryRule;
import dev.rollcall.proxy.roll.FieldMatch;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The {@code canary} section of one service. */
final class CanarySetting {

  private static final ValueType<FieldMatch> MATCH =
      ValueType.of("NAME or NAME=VALUE", FieldMatch::parse);

  private static final ValueType<Integer> SHARE =
      ValueType.of("a part of requests such as 5% or 0.5%", CanarySetting::tenThousandths)
          .where(share -> share >= 0 && share <= CanaryRule.WHOLE, "0% to 100%");

  private CanarySetting() {}

  /** Null when there is none. */
  static @Nullable CanaryRule read(Settings service) {
    FieldMatch when =
        service.find(
            "canary.when", MATCH, "none", "metadata of the instances that try something new");
    Integer share = service.find("canary.share", SHARE, "0%", "how many of the requests try them");
    FieldMatch header =
        service.find("canary.header", MATCH, "none", "requests with this header try them");
    FieldMatch cookie =
        service.find("canary.cookie", MATCH, "none", "requests with this cookie try them");
    if (when == null) {
      if (share != null || header != null || cookie != null) {
        service.refuse("canary.when", "NAME=VALUE, as its instances have in their metadata");
      }
      return null;
    }
    return new CanaryRule(
        when, share == null ? 0 : share, header == null ? null : header.ofHeader(), cookie);
  }

  private static int tenThousandths(String text) {
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
    try {
      return new BigDecimal(number).movePointRight(2).intValueExact();
    } catch (ArithmeticException tooFine) {
      throw new IllegalArgumentException(text, tooFine);
    }
  }
}
