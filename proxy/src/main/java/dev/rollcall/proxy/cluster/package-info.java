/** Vert.x's place in the cluster, in which the Hazelcast member starts when it is told to. */
@NullMarked
package dev.rollcall.proxy.cluster;

import org.jspecify.annotations.NullMarked;
