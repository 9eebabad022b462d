/** The proxy as a process: its settings, its two planes, its start and its end. */
@NullMarked
package dev.rollcall.proxy;

import org.jspecify.annotations.NullMarked;
