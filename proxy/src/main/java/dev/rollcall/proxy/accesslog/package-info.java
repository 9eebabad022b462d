/**
 * A line for each request on standard output: what traffic loops say of a request when it is over
 * is made into text, and written, by a thread that they never wait for.
 */
@NullMarked
package dev.rollcall.proxy.accesslog;

import org.jspecify.annotations.NullMarked;
