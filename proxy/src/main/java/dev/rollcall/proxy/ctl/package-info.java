/** {@code rollcall-proxy ctl}: the admin API at the command line. */
@NullMarked
package dev.rollcall.proxy.ctl;

import org.jspecify.annotations.NullMarked;
