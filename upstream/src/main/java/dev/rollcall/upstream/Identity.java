package dev.rollcall.upstream;

import dev.rollcall.discovery.IdentityProof;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a probe which instance answers, as {@link IdentityProof} lays down: the id always, the
 * proof when the probe sent a nonce and there is a secret.
 */
final class Identity implements Handler<RoutingContext> {

  private final Supplier<@Nullable String> id;
  private final @Nullable String secret;

  /**
   * @param id of the instance, or null while it has none
   * @param secret shared with the proxies, or null
   */
  Identity(Supplier<@Nullable String> id, @Nullable String secret) {
    this.id = id;
    this.secret = secret;
  }

  @Override
  public void handle(RoutingContext ctx) {
    String who = id.get();
    if (who != null) {
      name(ctx.response(), who, ctx.request().getHeader(IdentityProof.NONCE));
    }
    ctx.next();
  }

  private void name(HttpServerResponse response, String who, @Nullable String nonce) {
    response.putHeader(IdentityProof.INSTANCE, who);
    if (secret != null && nonce != null && IdentityProof.acceptable(nonce)) {
      response.putHeader(IdentityProof.PROOF, IdentityProof.of(secret, who, nonce));
    }
  }
}
