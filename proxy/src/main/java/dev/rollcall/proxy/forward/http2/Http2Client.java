package dev.rollcall.proxy.forward.http2;

import dev.rollcall.proxy.forward.http.ClientLink;
import dev.rollcall.proxy.forward.http.InboundRequest;
import io.vertx.core.Handler;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/**
 * Who is at the other end of a connection, and what it may do.
 *
 * @param link addresses, TLS
 * @param mostHeaderBytes of one request; more is answered 431
 * @param mostRequests at present: after so many it is told goodbye; {@link Integer#MAX_VALUE}:
 *     never
 * @param names of fields in answers, for all connections of a loop
 * @param requests serves them
 * @param faults hears of faults of ours: what was ended, and why
 */
public record Http2Client(
    ClientLink link,
    int mostHeaderBytes,
    IntSupplier mostRequests,
    FieldNames names,
    Handler<? super InboundRequest> requests,
    BiConsumer<String, Throwable> faults) {}
