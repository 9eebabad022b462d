/** A registry for one process: tests, and trying things out. */
@NullMarked
package dev.rollcall.discovery.memory;

import org.jspecify.annotations.NullMarked;
