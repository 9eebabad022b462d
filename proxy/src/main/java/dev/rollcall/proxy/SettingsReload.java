package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Fault;
import dev.rollcall.discovery.settings.Reading;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings again and takes into use what has changed: all of it or, when one line of it
 * is wrong, nothing. One reload at a time; any thread may ask.
 */
final class SettingsReload {

  private static final Logger LOG = Logger.getLogger(SettingsReload.class.getName());

  /** Keys that one line names. */
  private static final int NAMED = 12;

  private final Vertx vertx;
  private final Callable<Reading<ProxyOptions>> reader;
  private final Function<ProxyOptions, Future<Void>> change;
  private Reading<ProxyOptions> present;
  private Future<Void> last = Future.succeededFuture();

  /** Faults of the last reading: one at a time writes, reloads follow each other. */
  private volatile List<Fault> told = List.of();

  /**
   * @param present what holds now
   * @param reader reads file and environment; called on a worker
   * @param change takes good options into use
   */
  SettingsReload(
      Vertx vertx,
      Reading<ProxyOptions> present,
      Callable<Reading<ProxyOptions>> reader,
      Function<ProxyOptions, Future<Void>> change) {
    this.vertx = vertx;
    this.present = present;
    this.reader = reader;
    this.change = change;
  }

  /**
   * Reads and takes into use; never fails.
   *
   * @param asked somebody wants to know, even that nothing has changed
   */
  synchronized Future<Void> reload(boolean asked) {
    last = last.compose(before -> once(asked));
    return last;
  }

  private Future<Void> once(boolean asked) {
    return vertx
        .executeBlocking(reader)
        .compose(reading -> take(reading, asked))
        .onFailure(why -> LOG.warning("settings not reloaded, the old ones stay: " + why))
        .otherwiseEmpty();
  }

  private Future<Void> take(Reading<ProxyOptions> next, boolean asked) {
    if (next.options() == null) {
      if (asked || !next.faults().equals(told)) {
        next.faults()
            .forEach(fault -> LOG.warning("settings not reloaded, the old ones stay: " + fault));
      }
      told = next.faults();
      return Future.succeededFuture();
    }
    told = List.of();
    List<String> changed = next.changedSince(present());
    if (changed.isEmpty()) {
      if (asked) {
        LOG.info("settings read again: nothing has changed");
      }
      return Future.succeededFuture();
    }
    next.warnings().stream()
        .filter(line -> !present().warnings().contains(line))
        .forEach(LOG::warning);
    return change
        .apply(Objects.requireNonNull(next.options()))
        .onSuccess(done -> tell(next, changed));
  }

  private void tell(Reading<ProxyOptions> next, List<String> changed) {
    present(next);
    String live = names(changed, LiveKeys::contains);
    String later = names(changed, key -> !LiveKeys.contains(key));
    if (live != null) {
      LOG.info("settings reloaded: " + live);
    }
    if (later != null) {
      LOG.warning("settings that need a restart, the old ones stay: " + later);
    }
  }

  private synchronized Reading<ProxyOptions> present() {
    return present;
  }

  private synchronized void present(Reading<ProxyOptions> next) {
    present = next;
  }

  private static @Nullable String names(List<String> changed, Predicate<String> which) {
    List<String> keys = changed.stream().filter(which).toList();
    if (keys.isEmpty()) {
      return null;
    }
    String some = String.join(", ", keys.subList(0, Math.min(NAMED, keys.size())));
    return keys.size() <= NAMED ? some : some + " and " + (keys.size() - NAMED) + " more";
  }
}
