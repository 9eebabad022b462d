/** Witnesses of liveness: heartbeats, probes, live traffic, and what follows from them. */
@NullMarked
package dev.rollcall.proxy.health;

import org.jspecify.annotations.NullMarked;
