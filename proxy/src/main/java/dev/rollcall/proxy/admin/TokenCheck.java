package dev.rollcall.proxy.admin;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets through who knows a token, and notes whose it is, sent as {@code Authorization: Bearer
 * TOKEN} (RFC 6750). Digests are compared in constant time, so neither the time it takes nor its
 * length tells how near a guess was; each token is compared, whichever fits. Control thread only.
 */
public final class TokenCheck implements SecurityPolicyHandler {

  private static final String SCHEME = "bearer ";
  private static final String WHO = "rollcall.who";

  private final String setting;
  private final Map<String, byte[]> digests = new LinkedHashMap<>();
  private final FailedTokens failed;

  /**
   * @param setting the key of the token's setting, for people
   * @param tokens none: nobody may
   */
  public TokenCheck(String setting, AdminTokens tokens, FailedTokens failed) {
    this.setting = setting;
    tokens.byName().forEach((name, token) -> digests.put(name, digest(token.reveal())));
    this.failed = failed;
  }

  /** The name of the token that let this request through, and where it came from. */
  static String who(RoutingContext request) {
    return request.get(WHO) + "@" + request.request().remoteAddress().host();
  }

  @Override
  public void handle(RoutingContext request) {
    String address = request.request().remoteAddress().host();
    String sent = request.request().getHeader("Authorization");
    long wait = failed.waitSeconds(address);
    if (digests.isEmpty()) {
      new AdminProblem(
              403,
              "nobody may change anything here: "
                  + setting
                  + " (ROLLCALL_"
                  + setting.replace('.', '_').toUpperCase(Locale.ROOT)
                  + ") isn't set")
          .answer(request);
    } else if (wait > 0) {
      request.response().putHeader("Retry-After", Long.toString(wait));
      new AdminProblem(
              429,
              "too many wrong tokens from " + address + "; the next may come in " + wait + " s")
          .answer(request);
    } else if (sent == null) {
      unauthorized(request, "Bearer realm=\"rollcall\"", "this needs " + setting);
    } else {
      admit(request, owner(sent), address);
    }
  }

  private void admit(RoutingContext request, @Nullable String owner, String address) {
    if (owner == null) {
      failed.failed(address);
      unauthorized(
          request, "Bearer realm=\"rollcall\", error=\"invalid_token\"", "this isn't " + setting);
    } else {
      request.put(WHO, owner);
      request.next();
    }
  }

  private static void unauthorized(RoutingContext request, String challenge, String detail) {
    request.response().putHeader("WWW-Authenticate", challenge);
    new AdminProblem(401, detail).answer(request);
  }

  private @Nullable String owner(String authorization) {
    boolean bearer = authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    byte[] sent = digest(bearer ? authorization.substring(SCHEME.length()).strip() : "");
    String owner = null;
    for (Map.Entry<String, byte[]> token : digests.entrySet()) {
      if (MessageDigest.isEqual(sent, token.getValue())) {
        owner = token.getKey();
      }
    }
    return bearer ? owner : null;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
