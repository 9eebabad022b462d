/**
 * The side that upstreams see: connecting, pools of one traffic loop, and one stream for each try,
 * in HTTP/1.1 and HTTP/2.
 */
@NullMarked
package dev.rollcall.proxy.forward.upstream;

import org.jspecify.annotations.NullMarked;
