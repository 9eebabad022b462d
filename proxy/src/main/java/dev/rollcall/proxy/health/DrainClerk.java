package dev.rollcall.proxy.health;

import dev.rollcall.discovery.DrainStage;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.ProxySeat;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells draining instances how far this proxy is with letting go of them: {@code stopped-choosing}
 * once every traffic loop has taken up a snapshot without it, {@code empty} once nothing of it is
 * in flight here any more. Control thread; {@link #tick} every few tens of milliseconds.
 */
final class DrainClerk {

  private enum Progress {
    LETTING_GO,
    STOPPED,
    LAST_WORD,
    DONE
  }

  private final Roll roll;
  private final ProxySeat seat;
  private final Map<Upstream, Progress> drains = new HashMap<>();

  DrainClerk(Roll roll, ProxySeat seat) {
    this.roll = roll;
    this.seat = seat;
  }

  void tick() {
    drains.keySet().removeIf(upstream -> !drains(upstream));
    for (Upstream upstream : roll.upstreams()) {
      if (drains(upstream)) {
        Progress progress = drains.get(upstream);
        if (progress == null) {
          stop(upstream);
        } else if (progress == Progress.STOPPED && upstream.traffic().inFlight() == 0) {
          finish(upstream);
        }
      }
    }
  }

  private boolean drains(Upstream upstream) {
    return upstream.instance().state() == InstanceState.DRAINING
        && roll.find(upstream.id()) == upstream;
  }

  private void stop(Upstream upstream) {
    step(
        upstream,
        Progress.LETTING_GO,
        roll.settled()
            .compose(all -> seat.acknowledge(upstream.instance(), DrainStage.STOPPED_CHOOSING)),
        Progress.STOPPED);
  }

  private void finish(Upstream upstream) {
    Instance instance = upstream.instance();
    step(upstream, Progress.LAST_WORD, seat.acknowledge(instance, DrainStage.EMPTY), Progress.DONE);
  }

  /** A word that doesn't get through is said again at the next tick. */
  private void step(Upstream upstream, Progress meanwhile, Future<Void> work, Progress then) {
    Progress before = drains.put(upstream, meanwhile);
    work.onSuccess(done -> drains.replace(upstream, meanwhile, then))
        .onFailure(
            lost -> {
              if (before == null) {
                drains.remove(upstream, meanwhile);
              } else {
                drains.replace(upstream, meanwhile, before);
              }
            });
  }
}
