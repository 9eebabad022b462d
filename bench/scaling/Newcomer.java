import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registry;
import dev.rollcall.proxy.roll.Candidates;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One more instance, which comes and goes while the roll is watched. */
final class Newcomer {

  /**
   * How soon the roll knew.
   *
   * @param joinMillis until it takes requests
   * @param leaveMillis until it is gone again
   */
  record Visit(double joinMillis, double leaveMillis) {}

  private final Registry registry;
  private final int port;
  private final Supplier<Candidates> candidates;

  /**
   * @param registry where it registers
   * @param port where its probes are answered
   * @param candidates those that take requests at present
   */
  Newcomer(Registry registry, int port, Supplier<Candidates> candidates) {
    this.registry = registry;
    this.port = port;
    this.candidates = candidates;
  }

  Visit visit(int number) throws IOException {
    String name = "newcomer-" + number;
    long joined = System.nanoTime();
    Lease lease =
        registry.register(Fleet.registration(name, number, port), () -> new Load(0, 0.1));
    await(lease.id(), true);
    long there = System.nanoTime();
    lease.leave(Duration.ofSeconds(5));
    long left = System.nanoTime();
    await(lease.id(), false);
    return new Visit((there - joined) / 1e6, (System.nanoTime() - left) / 1e6);
  }

  private void await(String id, boolean there) throws IOException {
    long begun = System.nanoTime();
    while (isCandidate(id) != there) {
      if (System.nanoTime() - begun > Duration.ofSeconds(30).toNanos()) {
        throw new IOException(id + (there ? " never came" : " never went"));
      }
      LockSupport.parkNanos(100_000);
    }
  }

  /** They stand in order of id. */
  private boolean isCandidate(String id) {
    Candidates present = candidates.get();
    int low = 0;
    int high = present.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = present.get(middle).id().compareTo(id);
      if (order == 0) {
        return true;
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return false;
  }
}
