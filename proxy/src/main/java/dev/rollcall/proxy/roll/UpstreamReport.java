package dev.rollcall.proxy.roll;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One upstream at one moment, for people and programs that look on.
 *
 * @param upstream what else is known of it: registration, counters, effective weight
 * @param standing availability with reason and since when
 * @param candidate it may take a request now
 * @param heartbeatAge since the last heartbeat, null for an upstream without heartbeats or before
 *     its first
 */
public record UpstreamReport(
    Upstream upstream, Standing standing, boolean candidate, @Nullable Duration heartbeatAge) {}
