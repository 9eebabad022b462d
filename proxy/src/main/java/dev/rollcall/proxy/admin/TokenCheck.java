package dev.rollcall.proxy.admin;

import dev.rollcall.discovery.settings.Secret;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lets through who knows the token, sent as {@code Authorization: Bearer TOKEN} (RFC 6750). Digests
 * are compared in constant time, so neither the time it takes nor its length tells how near a guess
 * was. Control thread only.
 */
public final class TokenCheck implements SecurityPolicyHandler {

  private static final String SCHEME = "bearer ";

  private final String setting;
  private final byte @Nullable [] digest;
  private final FailedTokens failed;

  /**
   * @param setting the key of the token's setting, for people
   * @param token null: nobody may
   */
  public TokenCheck(String setting, @Nullable Secret token, FailedTokens failed) {
    this.setting = setting;
    this.digest = token == null ? null : digest(token.reveal());
    this.failed = failed;
  }

  @Override
  public void handle(RoutingContext request) {
    String address = request.request().remoteAddress().host();
    String sent = request.request().getHeader("Authorization");
    if (digest == null) {
      new AdminProblem(
              403,
              "nobody may change anything here: "
                  + setting
                  + " (ROLLCALL_"
                  + setting.replace('.', '_').toUpperCase(Locale.ROOT)
                  + ") isn't set")
          .answer(request);
    } else if (failed.waitSeconds(address) > 0) {
      request.response().putHeader("Retry-After", Long.toString(failed.waitSeconds(address)));
      new AdminProblem(429, "too many wrong tokens from " + address).answer(request);
    } else if (sent == null) {
      unauthorized(request, "Bearer realm=\"rollcall\"", "this needs " + setting);
    } else if (!knows(sent, digest)) {
      failed.failed(address);
      unauthorized(
          request, "Bearer realm=\"rollcall\", error=\"invalid_token\"", "this isn't " + setting);
    } else {
      request.next();
    }
  }

  private static void unauthorized(RoutingContext request, String challenge, String detail) {
    request.response().putHeader("WWW-Authenticate", challenge);
    new AdminProblem(401, detail).answer(request);
  }

  private static boolean knows(String authorization, byte[] digest) {
    boolean bearer = authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    String token = bearer ? authorization.substring(SCHEME.length()).strip() : "";
    return MessageDigest.isEqual(digest(token), digest) && bearer;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
