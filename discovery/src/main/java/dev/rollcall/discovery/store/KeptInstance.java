package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Registration;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an instance wants to say of itself: the registration, its own state, the operator's wish
 * that it obeys, and where it is. Each change raises seq. One thread.
 */
final class KeptInstance {

  private final String id;
  private final String epoch;
  private Registration registration;
  private InstanceState state = InstanceState.UP;
  private @Nullable InstanceOverride override;
  private @Nullable String host;
  private @Nullable String client;
  private long seq;
  private JsonObject base = new JsonObject();
  private Cadence cadence = Cadence.FREE;

  KeptInstance(String id, String epoch, Registration registration) {
    this.id = id;
    this.epoch = epoch;
    this.registration = registration;
    this.host = registration.host();
  }

  String id() {
    return id;
  }

  Registration registration() {
    return registration;
  }

  InstanceState state() {
    return state;
  }

  String epoch() {
    return epoch;
  }

  long seq() {
    return seq;
  }

  void registration(Registration changed) {
    registration = changed;
    if (changed.host() != null) {
      host = changed.host();
    }
    seq++;
  }

  void state(InstanceState now) {
    if (state != now) {
      state = now;
      seq++;
    }
  }

  /** Takes over the operator's wish; true when it is another. */
  boolean override(InstanceOverride wish) {
    if (wish.equals(override)) {
      return false;
    }
    override = wish;
    seq++;
    return true;
  }

  /** Follows the cadence of the roll; true when that makes it beat at another interval. */
  boolean follow(Cadence now) {
    Duration before = heartbeat();
    cadence = now;
    boolean another = !heartbeat().equals(before);
    seq += another ? 1 : 0;
    return another;
  }

  Cadence cadence() {
    return cadence;
  }

  /** How often it beats: as registered, or as the roll wants it, whichever is longer. */
  Duration heartbeat() {
    return cadence.of(registration.heartbeat());
  }

  /** Where we are now: found anew at each connection. */
  void located(Reach reach) {
    String found = registration.host() != null ? registration.host() : reach.localHost();
    if (!found.equals(host) || !reach.me().equals(client)) {
      host = found;
      client = reach.me();
      seq++;
    }
  }

  /**
   * Compares with what stands in the registry, and takes over the fields of it that we don't know.
   * True when ours must be written again.
   */
  boolean differs(InstanceJson.Read standing) {
    if (!standing.instance().epoch().equals(epoch)) {
      return true;
    }
    base = InstanceJson.unknown(standing.json());
    if (standing.instance().seq() > seq) {
      seq = standing.instance().seq() + 1;
      return true;
    }
    return !standing.instance().equals(instance());
  }

  /** True when what we have just replaced had fields that we don't know, and are to be kept. */
  boolean misses(InstanceJson.Read replaced) {
    JsonObject unknown = InstanceJson.unknown(replaced.json());
    if (!replaced.instance().epoch().equals(epoch) || unknown.isEmpty() || unknown.equals(base)) {
      return false;
    }
    base = unknown;
    return true;
  }

  /** What we say now; only after {@link #located}, or with a host of our own. */
  Instance instance() {
    return new Instance(
        id,
        epoch,
        seq,
        registration.service(),
        registration.name(),
        new Endpoint(Objects.requireNonNull(host, "host"), registration.port()),
        registration.protocol(),
        registration.weight(),
        registration.tier(),
        registration.zone(),
        registration.routes(),
        registration.metadata(),
        state,
        heartbeat(),
        registration.probe(),
        override);
  }

  String json() {
    return InstanceJson.write(instance(), client, base).encode();
  }
}
