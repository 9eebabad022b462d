/** How a process begins and ends: what its JVM must be told first, and how it stops in order. */
@NullMarked
package dev.rollcall.discovery.process;

import org.jspecify.annotations.NullMarked;
