package dev.rollcall.discovery.store;

import dev.rollcall.discovery.Beat;
import io.vertx.core.json.JsonObject;

/** A heartbeat as JSON. */
final class BeatJson {

  private BeatJson() {}

  static String write(Beat beat) {
    return new JsonObject()
        .put("epoch", beat.epoch())
        .put("seq", beat.seq())
        .put("inFlight", beat.inFlight())
        .put("load", beat.load())
        .encode();
  }

  /**
   * @throws IllegalArgumentException with one clear line when it is no heartbeat
   */
  static Beat read(String text) {
    JsonObject json = InstanceJson.parse(text);
    // A signed registration copied to the map of heartbeats must not renew a lease.
    if (json.containsKey("service")) {
      throw new IllegalArgumentException("a registration where a heartbeat belongs");
    }
    Object load = json.getValue("load");
    return new Beat(
        Fields.text(json, "epoch"),
        Fields.number(json, "seq"),
        json.containsKey("inFlight") ? Fields.integer(json, "inFlight", 0, Integer.MAX_VALUE) : 0,
        load instanceof Number number ? number.doubleValue() : -1);
  }
}
