package dev.rollcall.proxy.roll;

import java.time.Instant;

/**
 * An upstream's availability has changed.
 *
 * @param reason one line for people: the dashboard, the log and the events show it
 * @param at wall clock, for people
 */
public record Transition(
    Upstream upstream, Availability from, Availability to, String reason, Instant at) {}
