package dev.rollcall.proxy.admin;

import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.roll.RollReport;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the admin port shows and changes.
 *
 * @param report the roll; read on the control thread
 * @param overrides writes the operator's wishes where every proxy hears them
 * @param policies the policy of a service, the object that traffic uses
 * @param paths makes of a request's path the one that routing looks at; null when traffic refuses
 *     it
 * @param metrics further families of the metrics page
 * @param more further routes for who knows the admin token
 * @param version of this program, for people
 */
public record AdminParts(
    RollReport report,
    OverrideWriter overrides,
    Function<String, SelectionPolicy> policies,
    Function<String, @Nullable String> paths,
    List<MetricsSource> metrics,
    GuardedRoutes more,
    String version) {

  public AdminParts {
    metrics = List.copyOf(metrics);
  }
}
