package dev.rollcall.discovery.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Signature;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Members and instances in JVMs of their own, to be killed and stopped by signals. */
final class Processes implements AutoCloseable {

  // Held here, because java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

  /** A process, and the line that it said when it was ready. */
  record Running(Process process, String said) {

    void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }
  }

  private final List<Process> started = new ArrayList<>();

  Running instance(Cluster cluster, String name) throws IOException {
    return start(AnInstance.class, cluster, name);
  }

  Running member(Cluster cluster, int port) throws IOException {
    return start(AMember.class, cluster, String.valueOf(port));
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
  }

  private Running start(Class<?> main, Cluster cluster, String argument) throws IOException {
    String members = String.join(",", cluster.members().stream().map(Endpoint::toString).toList());
    String java = System.getProperty("java.home") + File.separator + "bin/java";
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(java, "-cp", classes, main.getName(), cluster.name(), members, argument)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new Running(process, String.valueOf(out.readLine()));
  }

  private static Cluster cluster(String[] args) {
    HAZELCAST.setLevel(Level.OFF);
    return new Cluster(
        args[0], Stream.of(args[1].split(",")).map(Endpoint::parse).toList(), Signature.NONE);
  }

  /** Registers, and says its id when it is on the roll. */
  static final class AnInstance {
    public static void main(String[] args) {
      Vertx vertx = Vertx.vertx();
      Registration hello = Registration.of("hello", args[2], 8080);
      HazelcastRegistry.connect(vertx, cluster(args), args[2])
          .register(hello.withHeartbeat(Duration.ofMillis(500)), () -> new Load(0, -1))
          .registered()
          .onSuccess(me -> System.out.println(me.id()));
    }
  }

  /** Joins, and says how many members there are. */
  static final class AMember {
    public static void main(String[] args) {
      MemberPlace place = new MemberPlace("127.0.0.1", Integer.parseInt(args[2]), null);
      int members =
          Hazelcast.newHazelcastInstance(TunedMember.tune(new Config(), cluster(args), place))
              .getCluster()
              .getMembers()
              .size();
      System.out.println(members);
    }
  }
}
