/**
 * The path of a request: strict at the edge, one exchange with one upstream, never a half-truth.
 */
@NullMarked
package dev.rollcall.proxy.forward;

import org.jspecify.annotations.NullMarked;
