/**
 * A service that keeps itself registered: the demo service, and the companion of servers that
 * cannot.
 */
@NullMarked
package dev.rollcall.upstream;

import org.jspecify.annotations.NullMarked;
