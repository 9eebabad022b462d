/**
 * The side that clients see: listeners, what is refused at the edge, deadlines and limits of their
 * connections, and writing to them.
 */
@NullMarked
package dev.rollcall.proxy.forward.client;

import org.jspecify.annotations.NullMarked;
