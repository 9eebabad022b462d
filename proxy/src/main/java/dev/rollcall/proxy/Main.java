package dev.rollcall.proxy;

import dev.rollcall.discovery.logging.Logging;
import dev.rollcall.discovery.process.Hangup;
import dev.rollcall.discovery.process.JvmSwitches;
import dev.rollcall.discovery.process.OrderlyStop;
import dev.rollcall.discovery.settings.Launch;
import dev.rollcall.proxy.ctl.Ctl;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The proxy process. */
public final class Main {

  /** What a stop may take besides waiting for what is in flight: closing, leaving the cluster. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  /** What a start may take longer so that the first clients needn't wait for what runs once. */
  private static final Duration PATIENCE = Duration.ofMillis(120);

  private Main() {}

  /** Runs until it is told to stop; see {@link Launch} for arguments and exit codes. */
  public static void main(String[] args) {
    JvmSwitches.set();
    if (args.length > 0 && args[0].equals("ctl")) {
      System.exit(ctl(List.of(args).subList(1, args.length)));
    }
    Launch<ProxyOptions> launch = Launch.of(ProxyOptions.PROGRAM, List.of(args), System.getenv());
    if (launch instanceof Launch.Stop<ProxyOptions> stop) {
      stop.print(System.out, System.err);
      System.exit(stop.exitCode());
    } else if (launch instanceof Launch.Run<ProxyOptions> run) {
      Logging.start(run.options().log(), System.err);
      run(run);
    }
  }

  /** In UTF-8 whatever the locale, as the rest of what we print. */
  private static int ctl(List<String> args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    return Ctl.run(args, System.getenv(), out, err);
  }

  private static void run(Launch.Run<ProxyOptions> run) {
    Logger log = Logger.getLogger(Main.class.getName());
    run.warnings().forEach(log::warning);
    ProxyOptions options = run.options();
    ProxyProcess proxy = new ProxyProcess(options, ProxyOptions.PROGRAM.version());
    AtomicBoolean failed = new AtomicBoolean();
    OrderlyStop stop =
        OrderlyStop.watch(
            () -> failed.get() ? proxy.stop() : stop(proxy, log),
            options.drainTimeout().plus(SLACK));
    proxy
        .rehearse(PATIENCE)
        .compose(rehearsed -> proxy.listen())
        .onSuccess(listening -> followSettings(proxy, run))
        .compose(listening -> proxy.join())
        .onFailure(
            why -> {
              if (!stop.isUnderWay()) {
                failed.set(true);
                tell(why, log);
                stop.exit(1);
              }
            });
  }

  /** A proxy without a file has nothing to look at again: SIGHUP ends it, as it ends others. */
  private static void followSettings(ProxyProcess proxy, Launch.Run<ProxyOptions> run) {
    Path file = run.file();
    if (file == null) {
      return;
    }
    SettingsReload settings =
        new SettingsReload(
            proxy.vertx(),
            run.reading(),
            () -> ProxyOptions.PROGRAM.read(file, System.getenv()),
            proxy::change);
    boolean follows = SettingsWatch.start(proxy.vertx(), file, () -> settings.reload(false));
    Hangup.onSignal(follows ? () -> settings.reload(true) : () -> tellReadOnce(file));
  }

  private static void tellReadOnce(Path file) {
    Logger.getLogger(Main.class.getName())
        .warning(
            "settings not reloaded, the old ones stay: "
                + file
                + ": can't be read a second time (expected: a regular file)");
  }

  private static void tell(Throwable why, Logger log) {
    if (why instanceof StartFault) {
      log.severe(why.getMessage());
    } else {
      log.log(Level.SEVERE, "can't start", why);
    }
  }

  private static Future<Void> stop(ProxyProcess proxy, Logger log) {
    log.info("stopping");
    return proxy.stop().onSuccess(done -> log.info("stopped"));
  }
}
