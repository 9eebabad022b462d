package dev.rollcall.proxy.roll;

import org.jspecify.annotations.Nullable;

/**
 * Which instances of a service are its canary, and which requests try it.
 *
 * @param when what the metadata of its instances must have
 * @param share of the requests that no other line decides, in ten-thousandths; 0: none
 * @param header a request with it goes to the canary; null: none does for that
 * @param cookie the same for a cookie
 */
public record CanaryRule(
    FieldMatch when, int share, @Nullable FieldMatch header, @Nullable FieldMatch cookie) {

  /** All requests. */
  public static final int WHOLE = 10_000;

  public CanaryRule {
    if (share < 0 || share > WHOLE) {
      throw new IllegalArgumentException("canary.share: " + share + " (expected: 0% to 100%)");
    }
  }

  boolean covers(Upstream upstream) {
    return when.holds(upstream.instance().metadata()::get);
  }
}
