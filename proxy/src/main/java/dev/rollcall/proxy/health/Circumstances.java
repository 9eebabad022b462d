package dev.rollcall.proxy.health;

/**
 * What a rule must know besides the witness's word. Facts of the moment, gathered by {@link
 * Situation}.
 *
 * @param now monotonic nanoseconds
 * @param beatsCome its heartbeats come, or it has none to give, or their absence means nothing
 *     because the registry is in doubt
 * @param inDoubt silence may be the registry's fault
 * @param hangs requests wait there and nothing has been answered for unusually long
 * @param lifeSign something of it has spoken since the probe at hand was sent: a heartbeat or an
 *     answer to traffic
 * @param mayEject ejecting one more leaves at least half of the service
 * @param probed it can be asked at all
 * @param rise good answers in a row that bring it back from down
 */
record Circumstances(
    long now,
    boolean beatsCome,
    boolean inDoubt,
    boolean hangs,
    boolean lifeSign,
    boolean mayEject,
    boolean probed,
    int rise) {}
