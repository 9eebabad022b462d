/** Who is alive: services, their instances, and the registry in which they answer the roll call. */
@NullMarked
package dev.rollcall.discovery;

import org.jspecify.annotations.NullMarked;
