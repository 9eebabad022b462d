package dev.rollcall.proxy.health;

import dev.rollcall.discovery.InstanceChange;
import java.util.Map;

/** Says of each value in the registry that can't be believed why not, once. Control thread. */
final class RejectLog {

  private static final System.Logger LOG = System.getLogger(RejectLog.class.getName());
  private static final int REMEMBERED = 1000;

  private final Map<String, String> said = new Recent<>(REMEMBERED);

  void note(InstanceChange.Rejected no) {
    if (!no.why().equals(said.put(no.id(), no.why()))) {
      LOG.log(System.Logger.Level.WARNING, "instance " + no.id() + " not believed: " + no.why());
    }
  }
}
