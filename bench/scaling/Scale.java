import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.hazelcast.Cluster;
import dev.rollcall.discovery.hazelcast.HazelcastRegistry;
import dev.rollcall.discovery.hazelcast.MemberPlace;
import dev.rollcall.discovery.hazelcast.TunedMember;
import dev.rollcall.discovery.memory.InMemoryRegistry;
import dev.rollcall.proxy.RollVerticle;
import dev.rollcall.proxy.health.HealthOptions;
import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.ServiceRoll;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The control plane of a proxy with a roll that grows: over a registry in its own memory, or as a
 * Hazelcast member to which a {@link Fleet} in another process registers.
 *
 * <p>{@code Scale memory|hazelcast RESULTS SIZES}: adds a line a size to the file of results.
 */
final class Scale {

  private static final int JOINS = Integer.getInteger("joins", 60);
  private static final Duration REST = Duration.ofSeconds(Integer.getInteger("rest", 10));

  private final Vertx control = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final RollVerticle roll =
      new RollVerticle(RollOptions.DEFAULT, s -> HealthOptions.DEFAULT, List.of(), List.of());
  private final AtomicLong beats = new AtomicLong();
  private final Results results;

  private Scale(Path results) {
    this.results = new Results(results);
  }

  /** Held, since loggers that nobody holds are forgotten with their level. */
  private static final Logger LOG = Logger.getLogger("dev.rollcall");

  private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

  public static void main(String[] args) throws Exception {
    LOG.setLevel(Level.SEVERE);
    HAZELCAST.setLevel(Level.SEVERE);
    Scale scale = new Scale(Path.of(args[1]));
    int[] sizes = Arrays.stream(args[2].split(",")).mapToInt(Integer::parseInt).toArray();
    if (args[0].equals("memory")) {
      scale.memory(sizes);
    } else {
      scale.hazelcast(sizes);
    }
    System.exit(0);
  }

  private void memory(int[] sizes) throws Exception {
    InMemoryRegistry registry = new InMemoryRegistry(control);
    begin(registry);
    Vertx others = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    int port = Fleet.listen(others);
    Registry theirs = registry.another(others);
    Fleet fleet = new Fleet(List.of(theirs), port);
    for (int size : sizes) {
      fleet.grow(size);
      measure("memory", size, theirs, port, -1);
    }
  }

  private void hazelcast(int[] sizes) throws Exception {
    MemberPlace place = new MemberPlace("127.0.0.1", 5799, null);
    Config config = TunedMember.tune(new Config(), Cluster.at("127.0.0.1:5799"), place);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    begin(HazelcastRegistry.over(control, member, Signature.NONE));
    Vertx others = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    int port = Fleet.listen(others);
    Registry theirs = Fleet.client(others, "127.0.0.1:5799", "newcomer");
    Process fleet =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-Dio.netty.allocator.type=unpooled",
                "-cp",
                System.getProperty("java.class.path"),
                "Fleet",
                "127.0.0.1:5799",
                "4")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(fleet.getInputStream(), StandardCharsets.UTF_8));
    PrintStream orders = new PrintStream(fleet.getOutputStream(), true, StandardCharsets.UTF_8);
    try {
      join(theirs, port, 0);
      long heap = liveHeap();
      for (int size : sizes) {
        orders.println(size);
        if (!"ready".equals(answers.readLine())) {
          throw new IOException("the fleet is gone");
        }
        measure("hazelcast", size, theirs, port, heap);
      }
    } finally {
      fleet.destroy();
    }
  }

  private void begin(Registry registry) throws Exception {
    Fleet.await(control.deployVerticle(roll));
    Fleet.await(roll.join(registry, registry.seat("scale", "127.0.0.1:8080", "bench")));
    registry.watch(
        change -> {
          if (change instanceof dev.rollcall.discovery.InstanceChange.Beaten) {
            beats.incrementAndGet();
          }
        });
  }

  private void measure(String registry, int size, Registry theirs, int port, long heapBefore)
      throws Exception {
    long begun = System.nanoTime();
    while (candidates().size() < size) {
      if (System.nanoTime() - begun > Duration.ofSeconds(120).toNanos()) {
        throw new IOException(candidates().size() + " of " + size + " take requests");
      }
      Thread.sleep(20);
    }
    double grown = (System.nanoTime() - begun) / 1e9;
    settle();
    long controlThread = controlThread();
    long beatsBefore = beats.get();
    long cpu = threadsCpu();
    long loop = ManagementFactory.getThreadMXBean().getThreadCpuTime(controlThread);
    long from = System.nanoTime();
    Thread.sleep(REST.toMillis());
    double took = System.nanoTime() - from;
    double all = 100 * (threadsCpu() - cpu) / took;
    double own =
        100
            * (ManagementFactory.getThreadMXBean().getThreadCpuTime(controlThread) - loop)
            / took;
    double heard = (beats.get() - beatsBefore) / (took / 1e9);
    double each = heapBefore < 0 ? -1 : (liveHeap() - heapBefore) / 1024.0 / size;
    List<Double> joins = new ArrayList<>();
    List<Double> leaves = new ArrayList<>();
    for (int i = 0; i < JOINS; i++) {
      double[] millis = join(theirs, port, 60_000 + i);
      joins.add(millis[0]);
      leaves.add(millis[1]);
    }
    results.add(
        registry, size, Picks.measure(candidates()), joins, leaves, heard, own, all, each, grown);
  }

  /** Until heartbeats come at a steady rate. */
  private void settle() throws Exception {
    long last = -1;
    for (int i = 0; i < 20; i++) {
      long before = beats.get();
      Thread.sleep(2000);
      long now = beats.get() - before;
      if (last >= 0 && Math.abs(now - last) <= Math.max(4, last / 40)) {
        return;
      }
      last = now;
    }
  }

  /** Milliseconds until one more takes requests, and until it is gone again. */
  private double[] join(Registry registry, int port, int number) throws Exception {
    String name = "newcomer-" + number;
    long joined = System.nanoTime();
    Lease lease =
        registry.register(Fleet.registration(name, number, port), () -> new Load(0, 0.1));
    await(lease.id(), true);
    long there = System.nanoTime();
    lease.leave(Duration.ofSeconds(5));
    long left = System.nanoTime();
    await(lease.id(), false);
    return new double[] {(there - joined) / 1e6, (System.nanoTime() - left) / 1e6};
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

  private boolean isCandidate(String id) {
    Candidates candidates = candidates();
    int low = 0;
    int high = candidates.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = candidates.get(middle).id().compareTo(id);
      if (order == 0) {
        return true;
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return false;
  }

  private Candidates candidates() {
    ServiceRoll service = roll.roll().snapshot().service("hello");
    return service == null ? Candidates.NONE : service.candidates();
  }

  private long controlThread() throws Exception {
    io.vertx.core.Promise<Long> id = io.vertx.core.Promise.promise();
    control.runOnContext(v -> id.complete(Thread.currentThread().getId()));
    return Fleet.await(id.future());
  }

  /** Nanoseconds that all threads but the compiler's have run, and the collector. */
  private static long threadsCpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      sum += Math.max(0, threads.getThreadCpuTime(id));
    }
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      sum += 1_000_000 * collector.getCollectionTime();
    }
    return sum;
  }

  /** Bytes that live after a collection. */
  private static long liveHeap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(200);
      least =
          Math.min(
              least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
