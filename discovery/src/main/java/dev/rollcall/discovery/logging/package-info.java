/**
 * What a process says about itself: one line an event, for people or as JSON. Everything logs
 * through {@code java.util.logging}; libraries are quiet unless somebody debugs.
 */
@NullMarked
package dev.rollcall.discovery.logging;

import org.jspecify.annotations.NullMarked;
