/**
 * The proof that the proxy speaks exact HTTP: raw sockets on both sides of a real proxy, and one
 * table of cases. Start reading at {@link dev.rollcall.proxy.conformance.ConformanceIT}.
 *
 * <p>Each case has a proxy of its own, so that whatever arrives at an upstream is due to that case;
 * when the client is done the proxy is stopped, which ends every upstream connection, and only then
 * is the whole of what the upstream received judged. Nothing waits for time to pass.
 */
@NullMarked
package dev.rollcall.proxy.conformance;

import org.jspecify.annotations.NullMarked;
