package dev.rollcall.discovery;

import dev.rollcall.discovery.InstanceChange.Registered;
import dev.rollcall.discovery.InstanceChange.Vanished;
import dev.rollcall.discovery.store.Pace;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two sides of one roll, and a hand in its maps. */
public abstract class RegistryCase {

  /** As by default, but quick where a test would wait, and no quicker where a slow machine may. */
  protected static final Pace PACE =
      new Pace(
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofSeconds(6),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          Duration.ofSeconds(2));

  protected static final Supplier<Load> IDLE = () -> new Load(0, -1);

  protected Vertx vertx;
  protected Registry upstream;
  protected Registry proxy;
  private final List<Registry> others = new ArrayList<>();

  /** A registry as the process of an instance has it. */
  protected abstract Registry upstreamSide();

  /** A registry of the same roll as a proxy has it. */
  protected abstract Registry proxySide();

  protected abstract void write(String map, String key, String value);

  protected abstract @Nullable String read(String map, String key);

  protected abstract void remove(String map, String key);

  /** The values' signature, by the secret that the registries share. */
  protected Signature signature() {
    return Signature.NONE;
  }

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    upstream = upstreamSide();
    proxy = proxySide();
  }

  @AfterEach
  void close() {
    Await.result(upstream.close());
    Await.result(proxy.close());
    others.forEach(other -> Await.result(other.close()));
    others.clear();
    Await.result(vertx.close());
  }

  /** One more of another proxy, closed after the test. */
  protected Registry another() {
    Registry other = proxySide();
    others.add(other);
    return other;
  }

  /** Of the service hello, beating ten times a second. */
  protected static Registration registration(String name) {
    return Registration.of("hello", name, 8080).withHeartbeat(Duration.ofMillis(100));
  }

  protected Instance registered(String name) {
    return Await.result(upstream.register(registration(name), IDLE).registered());
  }

  protected final Watched watch(Registry registry) {
    Watched watched = new Watched();
    registry.watch(watched);
    return watched;
  }

  /** A registration as a stranger would write it. */
  protected static JsonObject raw(String id, long seq) {
    return new JsonObject()
        .put("v", 1)
        .put("id", id)
        .put("epoch", "e1")
        .put("seq", seq)
        .put("service", "hello")
        .put("host", "10.0.0.7")
        .put("port", 8080);
  }

  protected static JsonObject rawBeat(long seq) {
    return new JsonObject().put("epoch", "e1").put("seq", seq).put("inFlight", 1).put("load", 0.5);
  }

  protected String sealed(JsonObject json) {
    return signature().seal(json.encode());
  }

  protected static boolean isRaw(Registered registered) {
    return registered.id().equals("raw-1");
  }

  protected static Optional<Instance> last(Watched watched, String id) {
    List<InstanceChange> changes =
        watched.heard().stream()
            .filter(c -> c.id().equals(id))
            .filter(c -> c instanceof Registered || c instanceof Vanished)
            .toList();
    return changes.get(changes.size() - 1) instanceof Registered registered
        ? Optional.of(registered.instance())
        : Optional.empty();
  }
}
