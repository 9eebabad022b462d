/** Compresses responses on their way to clients, for those who switched it on. */
@NullMarked
package dev.rollcall.proxy.forward.gzip;

import org.jspecify.annotations.NullMarked;
