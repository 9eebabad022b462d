package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceOverride;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance as {@link TestUpstreams} makes it, but for what a test says of it. */
public final class InstanceDraft {

  private final Instance plain;
  private String epoch;
  private long seq;
  private String service;
  private Endpoint endpoint;
  private Tier tier;
  private String zone;
  private List<String> routes;
  private Map<String, String> metadata;
  private InstanceState state;
  private Duration heartbeat;
  private @Nullable InstanceOverride override;

  private InstanceDraft(Instance plain) {
    this.plain = plain;
    this.epoch = plain.epoch();
    this.seq = plain.seq();
    this.service = plain.service();
    this.endpoint = plain.endpoint();
    this.tier = plain.tier();
    this.zone = plain.zone();
    this.routes = plain.routes();
    this.metadata = plain.metadata();
    this.state = plain.state();
    this.heartbeat = plain.heartbeat();
    this.override = plain.override();
  }

  public static InstanceDraft of(String id) {
    return new InstanceDraft(TestUpstreams.instance(id, id));
  }

  public InstanceDraft epoch(String epoch) {
    this.epoch = epoch;
    return this;
  }

  public InstanceDraft seq(long seq) {
    this.seq = seq;
    return this;
  }

  public InstanceDraft service(String service) {
    this.service = service;
    return this;
  }

  public InstanceDraft endpoint(Endpoint endpoint) {
    this.endpoint = endpoint;
    return this;
  }

  public InstanceDraft tier(Tier tier) {
    this.tier = tier;
    return this;
  }

  public InstanceDraft zone(String zone) {
    this.zone = zone;
    return this;
  }

  public InstanceDraft routes(List<String> routes) {
    this.routes = routes;
    return this;
  }

  public InstanceDraft metadata(Map<String, String> metadata) {
    this.metadata = metadata;
    return this;
  }

  public InstanceDraft state(InstanceState state) {
    this.state = state;
    return this;
  }

  public InstanceDraft heartbeat(Duration heartbeat) {
    this.heartbeat = heartbeat;
    return this;
  }

  public InstanceDraft override(@Nullable InstanceOverride override) {
    this.override = override;
    return this;
  }

  public Instance made() {
    return new Instance(
        plain.id(),
        epoch,
        seq,
        service,
        plain.name(),
        endpoint,
        plain.protocol(),
        plain.weight(),
        tier,
        zone,
        routes,
        metadata,
        state,
        heartbeat,
        plain.probe(),
        override);
  }
}
