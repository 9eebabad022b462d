/** Registration over HTTP, for programs that can't speak to the registry themselves. */
@NullMarked
package dev.rollcall.proxy.register;

import org.jspecify.annotations.NullMarked;
