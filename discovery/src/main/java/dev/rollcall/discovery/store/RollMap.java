package dev.rollcall.discovery.store;

import java.time.Duration;

/**
 * The maps of the registry; keys and values are text. Each has one kind of writer. The time to live
 * is garbage collection only: who is alive is told by heartbeats, never by an entry's age.
 */
public enum RollMap {
  /** Instance id → what the instance says of itself. Rewritten well before its time is over. */
  INSTANCES("rollcall.instances", Duration.ofMinutes(10)),
  /** Instance id → its latest heartbeat. */
  BEATS("rollcall.beats", Duration.ofMinutes(1)),
  /** Instance id → the operator's wish, by a proxy; outlived by the instance's echo of it. */
  OVERRIDES("rollcall.overrides", Duration.ofHours(1)),
  /** Instance id, epoch and proxy id → how far the proxy is with letting go. */
  DRAINS("rollcall.drains", Duration.ofMinutes(10)),
  /** Proxy id → its seat. */
  PROXIES("rollcall.proxies", Duration.ofMinutes(1)),
  /**
   * Instance id → who asked last. Written by watchers when the instance is silent: whether the
   * write is answered tells if the silence may be the registry's fault.
   */
  PULSES("rollcall.pulses", Duration.ofMinutes(1)),
  /** {@code heartbeat} → how often instances may answer, by the proxies of a large roll. */
  PACE("rollcall.pace", Duration.ofMinutes(10));

  private final String mapName;
  private final Duration timeToLive;

  RollMap(String mapName, Duration timeToLive) {
    this.mapName = mapName;
    this.timeToLive = timeToLive;
  }

  /** The map's name in the store. */
  public String mapName() {
    return mapName;
  }

  /** How long an entry stays that nobody writes again. */
  public Duration timeToLive() {
    return timeToLive;
  }

  /** False for what is written anew all the time, so that a copy is not worth its cost. */
  public boolean backedUp() {
    return this != BEATS && this != PULSES;
  }
}
