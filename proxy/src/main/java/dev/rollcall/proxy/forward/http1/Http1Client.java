package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.InboundRequest;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.Handler;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What clients of a listener may do, and who serves them.
 *
 * @param sizes of what is read
 * @param edge why a request is refused before anybody serves it, or null
 * @param mostRequests at present: after so many a connection is closed; {@link Integer#MAX_VALUE}:
 *     never
 * @param requests serves them
 * @param refused answers those that are refused
 * @param faults hears of faults of ours: what was ended, and why
 */
public record Http1Client(
    HttpDecoderConfig sizes,
    Function<HttpRequest, @Nullable Refusal> edge,
    IntSupplier mostRequests,
    Handler<? super InboundRequest> requests,
    BiConsumer<InboundRequest, Refusal> refused,
    BiConsumer<String, Throwable> faults) {}
