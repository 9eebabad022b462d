package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;

/**
 * An instance as this proxy sees it: the same object for as long as id, epoch and endpoint stay the
 * same, so that counters and connection pools can hang on its identity.
 *
 * <p>Threads: any may read. Only the roll's thread writes {@link #instance}, {@link #availability}
 * and {@link #weight}; {@link #traffic} is written by the traffic loops.
 */
public final class Upstream {

  private final String id;
  private final String epoch;
  private final Endpoint endpoint;
  private final Traffic traffic = new Traffic();
  private volatile Instance instance;
  private volatile Availability availability = Availability.JOINING;

  Upstream(Instance instance) {
    this.id = instance.id();
    this.epoch = instance.epoch();
    this.endpoint = instance.endpoint();
    this.instance = instance;
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
    return availability;
  }

  public Traffic traffic() {
    return traffic;
  }

  void instance(Instance latest) {
    this.instance = latest;
  }

  void availability(Availability now) {
    this.availability = now;
  }

  /** As people know it: {@code hello-2 (10.0.0.4:8080)}. */
  @Override
  public String toString() {
    return instance.name() + " (" + endpoint + ")";
  }
}
