import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.InstanceChange;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
    Newcomer newcomer = new Newcomer(theirs, port, this::candidates);
    for (int size : sizes) {
      fleet.grow(size);
      measure("memory", size, newcomer, -1);
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
    Newcomer newcomer = new Newcomer(theirs, port, this::candidates);
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
      newcomer.visit(0);
      long heap = Meter.liveHeap();
      for (int size : sizes) {
        orders.println(size);
        if (!"ready".equals(answers.readLine())) {
          throw new IOException("the fleet is gone");
        }
        measure("hazelcast", size, newcomer, heap);
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
          if (change instanceof InstanceChange.Beaten) {
            beats.incrementAndGet();
          }
        });
  }

  private void measure(String registry, int size, Newcomer newcomer, long heapBefore)
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
    long controlThread = Meter.thread(control);
    long beatsBefore = beats.get();
    long cpu = Meter.cpu();
    long loop = Meter.cpu(controlThread);
    long from = System.nanoTime();
    Thread.sleep(REST.toMillis());
    double took = System.nanoTime() - from;
    double all = 100 * (Meter.cpu() - cpu) / took;
    double own = 100 * (Meter.cpu(controlThread) - loop) / took;
    double heard = (beats.get() - beatsBefore) / (took / 1e9);
    double each = heapBefore < 0 ? -1 : (Meter.liveHeap() - heapBefore) / 1024.0 / size;
    List<Double> joins = new ArrayList<>();
    List<Double> leaves = new ArrayList<>();
    for (int i = 0; i < JOINS; i++) {
      Newcomer.Visit visit = newcomer.visit(60_000 + i);
      joins.add(visit.joinMillis());
      leaves.add(visit.leaveMillis());
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

  private Candidates candidates() {
    ServiceRoll service = roll.roll().snapshot().service("hello");
    return service == null ? Candidates.NONE : service.candidates();
  }
}
