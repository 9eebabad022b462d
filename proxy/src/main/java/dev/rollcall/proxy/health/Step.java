package dev.rollcall.proxy.health;

/**
 * What follows from a witness's word.
 *
 * @param next what is thought of the upstream now
 * @param ask probe it at once
 * @param reason one line for people; of meaning when the state has changed
 */
record Step(Liveness next, boolean ask, String reason) {}
