/** The roll as an address that Vert.x's own clients resolve: balancing without a proxy. */
@NullMarked
package dev.rollcall.discovery.resolver;

import org.jspecify.annotations.NullMarked;
