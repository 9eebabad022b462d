/** Which failed try may be made again, and how many of them in all. */
@NullMarked
package dev.rollcall.proxy.forward.retry;

import org.jspecify.annotations.NullMarked;
