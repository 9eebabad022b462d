import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Lease;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.hazelcast.Cluster;
import dev.rollcall.discovery.hazelcast.HazelcastRegistry;
import dev.rollcall.discovery.hazelcast.TunedClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;

/**
 * Many instances in one process: each has a lease of its own and an address of its own (127.a.b.c),
 * and one HTTP listener answers the probes of all of them.
 *
 * <p>As a process: {@code Fleet MEMBER CLIENTS}; then each line of its input is the number of
 * instances that there shall be, answered by {@code ready} when all are registered.
 */
final class Fleet {

  private final List<Registry> registries;
  private final int port;
  private final List<Lease> leases = new ArrayList<>();

  /** Instances that register with these registries in turn. */
  Fleet(List<Registry> registries, int port) {
    this.registries = registries;
    this.port = port;
  }

  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    List<Registry> registries = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      registries.add(client(vertx, args[0], "fleet-" + i));
    }
    Fleet fleet = new Fleet(registries, listen(vertx));
    Scanner wanted = new Scanner(System.in);
    while (wanted.hasNextInt()) {
      fleet.grow(wanted.nextInt());
      System.out.println("ready");
    }
    System.exit(0);
  }

  static Registry client(Vertx vertx, String member, String name) {
    HazelcastInstance client =
        HazelcastClient.newHazelcastClient(TunedClient.config(Cluster.at(member), name, name));
    return HazelcastRegistry.over(vertx, client, Signature.NONE);
  }

  /** Answers every probe, on every address of the loopback interface; its port. */
  static int listen(Vertx vertx) throws Exception {
    HttpServerOptions options =
        new HttpServerOptions().setHost("0.0.0.0").setPort(0).setAcceptBacklog(4096);
    return await(
            vertx.createHttpServer(options).requestHandler(r -> r.response().end("ok")).listen())
        .actualPort();
  }

  /** Registers more, a few hundred at a time; returns when all are registered. */
  void grow(int to) throws Exception {
    while (leases.size() < to) {
      List<Future<?>> registered = new ArrayList<>();
      for (int i = 0; i < 250 && leases.size() < to; i++) {
        Lease lease = register(leases.size());
        leases.add(lease);
        registered.add(lease.registered());
      }
      await(Future.all(registered));
    }
  }

  private Lease register(int number) {
    return registries
        .get(number % registries.size())
        .register(registration("hello-" + number, number, port), () -> new Load(0, 0.1));
  }

  static Registration registration(String name, int number, int port) {
    return Registration.of("hello", name, port)
        .withHost("127.1.%d.%d".formatted(number / 250, 1 + number % 250))
        .withProbe(new ProbeTarget.Http("/health/ready"))
        .withHeartbeat(Duration.ofSeconds(1));
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }
}
