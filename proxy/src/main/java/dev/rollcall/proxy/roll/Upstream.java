package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance as this proxy sees it: the same object for as long as id, epoch and endpoint stay the
 * same, so that counters and connection pools can hang on its identity.
 *
 * <p>Threads: any may read. Only the roll's thread writes {@link #instance}, {@link #standing} and
 * {@link #weight}; {@link #traffic} and {@link #pulse} are written by the traffic loops.
 */
public final class Upstream {

  private final String id;
  private final String epoch;
  private final Endpoint endpoint;
  private final Traffic traffic = new Traffic();
  private final Pulse pulse = new Pulse();
  private volatile Instance instance;
  private volatile Standing standing =
      new Standing(Availability.JOINING, false, "registered", Instant.EPOCH);
  private volatile int weight;
  private volatile @Nullable InstanceOverride wish;

  Upstream(Instance instance) {
    this.id = instance.id();
    this.epoch = instance.epoch();
    this.endpoint = instance.endpoint();
    this.instance = instance;
    this.weight = instance.weight();
  }

  public String id() {
    return id;
  }

  public String epoch() {
    return epoch;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** The latest registration. */
  public Instance instance() {
    return instance;
  }

  public Availability availability() {
    return standing.availability();
  }

  /** Availability with its reason. */
  public Standing standing() {
    return standing;
  }

  /** Registered weight, or the operator's wish where there is one. Slow start is not in it. */
  public int weight() {
    return weight;
  }

  /** The operator's wish that stands, or null. */
  public @Nullable InstanceOverride wish() {
    return wish;
  }

  public Traffic traffic() {
    return traffic;
  }

  /** Signs of life. */
  public Pulse pulse() {
    return pulse;
  }

  /** True while {@code other} is the same start of the same instance at the same place. */
  boolean isSame(Instance other) {
    return id.equals(other.id())
        && epoch.equals(other.epoch())
        && endpoint.equals(other.endpoint());
  }

  void instance(Instance latest) {
    this.instance = latest;
  }

  void standing(Standing now) {
    this.standing = now;
  }

  void wish(@Nullable InstanceOverride now) {
    this.wish = now;
    Integer wished = now == null ? null : now.weight();
    this.weight = wished != null ? wished : instance.weight();
  }

  /** As people know it: {@code hello-2 (10.0.0.4:8080)}. */
  @Override
  public String toString() {
    String place = endpoint.toString();
    return instance.name().equals(place) ? place : instance.name() + " (" + place + ")";
  }
}
