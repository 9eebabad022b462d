/**
 * The registry over Hazelcast: any instance, member or client, and how both are set up for it. The
 * only package of this library that knows Hazelcast.
 */
@NullMarked
package dev.rollcall.discovery.hazelcast;

import org.jspecify.annotations.NullMarked;
