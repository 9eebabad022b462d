package dev.rollcall.proxy.admin;

import dev.rollcall.discovery.InstanceOverride;
import io.vertx.core.Future;

/** Writes an operator's wish for an instance where every proxy hears it. */
@FunctionalInterface
public interface OverrideWriter {

  /** Completes when the wish stands; fails with one line for people when it can't be written. */
  Future<Void> write(String instanceId, InstanceOverride wish);
}
