package dev.rollcall.upstream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * {@code /echo}, any method: what arrived, as JSON. {@code target} is the request target byte for
 * byte; {@code headers} is a list of name and value pairs in the order of arrival, so that repeated
 * fields are seen; of the body, only length and SHA-256 are kept, so any length takes the same
 * memory.
 */
final class Echo implements Handler<RoutingContext> {

  private final String name;

  Echo(String name) {
    this.name = name;
  }

  @Override
  public void handle(RoutingContext ctx) {
    Body body = new Body();
    ctx.request().handler(body::add).endHandler(whole -> answer(ctx, body));
  }

  private void answer(RoutingContext ctx, Body body) {
    HttpServerRequest request = ctx.request();
    JsonArray headers = new JsonArray();
    request.headers().forEach((field, value) -> headers.add(new JsonArray().add(field).add(value)));
    JsonObject seen =
        new JsonObject()
            .put("instance", name)
            .put("method", request.method().name())
            .put("target", request.uri())
            .put("version", request.version().alpnName())
            .put("headers", headers)
            .put("bodyLength", body.length)
            .put("bodySha256", HexFormat.of().formatHex(body.digest.digest()));
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(Buffer.buffer(seen.encodePrettily() + "\n"));
  }

  /** What is kept of a body. */
  private static final class Body {
    private final MessageDigest digest = sha256();
    private long length;

    private void add(Buffer part) {
      length += part.length();
      digest.update(part.getBytes());
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException everyJavaHasIt) {
        throw new IllegalStateException(everyJavaHasIt);
      }
    }
  }
}
