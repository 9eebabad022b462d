/** How many requests a client may send: token buckets by service and client. */
@NullMarked
package dev.rollcall.proxy.forward.rate;

import org.jspecify.annotations.NullMarked;
