package dev.rollcall.discovery.store;

import dev.rollcall.discovery.InstanceChange;
import dev.rollcall.discovery.Signature;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger, what was heard of it, and a hand that writes. */
abstract class LedgerCase {

  protected final List<String> heard = new ArrayList<>();
  protected final AtomicLong now = new AtomicLong();
  protected final BelievedRoll roll = new BelievedRoll(now::get);
  protected final Ledger ledger =
      new Ledger(
          Signature.NONE,
          Duration.ofSeconds(4),
          now::get,
          roll,
          change -> heard.add(shown(change)));

  protected void said(String id, String epoch, long seq) {
    ledger.written(RollMap.INSTANCES, id, text(id, epoch, seq));
  }

  protected void beaten(String id, String epoch, long seq) {
    ledger.written(RollMap.BEATS, id, beat(epoch, seq));
  }

  protected static String text(String id, String epoch, long seq) {
    return new JsonObject()
        .put("id", id)
        .put("epoch", epoch)
        .put("seq", seq)
        .put("service", "hello")
        .put("host", "10.0.0.7")
        .put("port", 80)
        .encode();
  }

  protected static String beat(String epoch, long seq) {
    return new JsonObject().put("epoch", epoch).put("seq", seq).encode();
  }

  protected static String shown(InstanceChange change) {
    if (change instanceof InstanceChange.Registered registered) {
      return "registered "
          + change.id()
          + " "
          + registered.instance().epoch()
          + " "
          + registered.instance().seq();
    }
    if (change instanceof InstanceChange.Beaten beaten) {
      return "beaten " + change.id() + " " + beaten.beat().seq();
    }
    if (change instanceof InstanceChange.Overridden overridden) {
      return "overridden " + change.id() + " " + overridden.override().weight();
    }
    return change.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + change.id();
  }
}
