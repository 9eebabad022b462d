package dev.rollcall.discovery;

import org.jspecify.annotations.Nullable;

/**
 * An operator's wish for one instance. The proxies write it; the instance echoes it in its
 * registration, so that it outlives the only proxy.
 *
 * @param weight replaces the registered weight, or null
 * @param drain true: no new requests
 * @param by who asked, for the event log
 * @param at when, ISO-8601; shown to people, never compared
 */
public record InstanceOverride(@Nullable Integer weight, boolean drain, String by, String at) {}
