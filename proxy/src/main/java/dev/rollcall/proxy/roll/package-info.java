/**
 * The roll as this proxy sees it: upstreams, their availability, and the snapshot that traffic
 * reads.
 */
@NullMarked
package dev.rollcall.proxy.roll;

import org.jspecify.annotations.NullMarked;
