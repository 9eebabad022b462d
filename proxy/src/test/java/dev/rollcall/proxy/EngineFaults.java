package dev.rollcall.proxy;

import dev.rollcall.proxy.balance.Preview;
import dev.rollcall.proxy.balance.RequestFacts;
import dev.rollcall.proxy.balance.SelectionPolicy;
import dev.rollcall.proxy.forward.FinishedRequest;
import dev.rollcall.proxy.forward.RequestLog;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.TrafficWitness;
import dev.rollcall.proxy.roll.Upstream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The parts that the engine calls, each broken where a test wants it to be. */
final class EngineFaults {

  /** Where the engine calls what can be broken. */
  enum Place {
    SERVICE,
    CHOICE,
    SECOND_CHOICE,
    HEAD_HEARD,
    COOKIE,
    TRY_LOGGED,
    REQUEST_LOGGED
  }

  private final Set<Place> broken = ConcurrentHashMap.newKeySet();
  private final Set<Place> once = ConcurrentHashMap.newKeySet();
  private final AtomicInteger struck = new AtomicInteger();
  private final Log log = new Log();

  void breaks(Place place) {
    broken.add(place);
  }

  /** Only the next time that it is called. */
  void breaksOnce(Place place) {
    once.add(place);
  }

  void mends() {
    broken.clear();
  }

  private void pass(Place place) {
    if (once.remove(place) || broken.contains(place)) {
      throw new IllegalStateException("a fault of ours");
    }
  }

  /** Of a service. */
  SelectionPolicy policy() {
    pass(Place.SERVICE);
    return new Policy();
  }

  RequestLog log() {
    return log;
  }

  /** Of each request that is over. */
  List<FinishedRequest> lines() {
    return log.lines;
  }

  TrafficWitness witness() {
    return new Heard();
  }

  /** How often something was held against an upstream. */
  int struck() {
    return struck.get();
  }

  /** The first that wasn't tried. */
  private final class Policy implements SelectionPolicy {

    @Override
    public @Nullable Upstream select(
        Candidates candidates, RequestFacts request, Set<Upstream> tried) {
      pass(tried.isEmpty() ? Place.CHOICE : Place.SECOND_CHOICE);
      return candidates.list().stream()
          .filter(one -> !tried.contains(one))
          .findFirst()
          .orElse(null);
    }

    @Override
    public @Nullable String setCookie(RequestFacts request, Upstream chosen) {
      pass(Place.COOKIE);
      return null;
    }

    @Override
    public Preview preview(Candidates candidates, RequestFacts request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
      return "broken";
    }
  }

  private final class Log implements RequestLog {
    private final List<FinishedRequest> lines = new CopyOnWriteArrayList<>();

    /** Asked for each try, too. */
    @Override
    public boolean isOn() {
      pass(Place.TRY_LOGGED);
      return true;
    }

    @Override
    public void finished(FinishedRequest request) {
      lines.add(request);
      pass(Place.REQUEST_LOGGED);
    }
  }

  private final class Heard implements TrafficWitness {

    @Override
    public void answered(Upstream upstream, int status, long nanos) {
      pass(Place.HEAD_HEARD);
    }

    @Override
    public void failed(Upstream upstream, TrafficFault fault, String detail) {
      struck.incrementAndGet();
    }

    @Override
    public void waiting(Upstream upstream, int loop, long oldestNanos) {}
  }
}
