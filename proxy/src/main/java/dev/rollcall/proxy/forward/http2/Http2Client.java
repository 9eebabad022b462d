package dev.rollcall.proxy.forward.http2;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/**
 * Who is at the other end of a connection, and what it may do.
 *
 * @param connection as Vert.x knows it: addresses, TLS
 * @param mostHeaderBytes of one request; more is answered 431
 * @param mostRequests at present: after so many it is told goodbye; {@link Integer#MAX_VALUE}:
 *     never
 * @param names of fields in answers, for all connections of a loop
 * @param requests serves them
 * @param faults hears of faults of ours: what was ended, and why
 */
public record Http2Client(
    HttpConnection connection,
    int mostHeaderBytes,
    IntSupplier mostRequests,
    FieldNames names,
    Handler<HttpServerRequest> requests,
    BiConsumer<String, Throwable> faults) {}
