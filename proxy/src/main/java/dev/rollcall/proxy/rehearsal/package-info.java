/**
 * A proxy that has just started plays itself what clients and upstreams do, so that the JVM has
 * loaded and compiled the path of a request before the first client waits for it.
 */
@NullMarked
package dev.rollcall.proxy.rehearsal;

import org.jspecify.annotations.NullMarked;
