package dev.rollcall.upstream;

import dev.rollcall.discovery.logging.Logging;
import dev.rollcall.discovery.process.JvmSwitches;
import dev.rollcall.discovery.settings.Launch;
import java.util.List;

/** The upstream process. */
public final class Main {

  private Main() {}

  /** Runs until it is told to stop; see {@link Launch} for arguments and exit codes. */
  public static void main(String[] args) {
    JvmSwitches.set();
    Launch<UpstreamOptions> launch =
        Launch.of(UpstreamOptions.PROGRAM, List.of(args), System.getenv());
    if (launch instanceof Launch.Stop<UpstreamOptions> stop) {
      stop.print(System.out, System.err);
      System.exit(stop.exitCode());
    } else if (launch instanceof Launch.Run<UpstreamOptions> run) {
      Logging.start(run.options().log(), System.err);
      new UpstreamProcess(run.options()).run(run.warnings());
    }
  }
}
