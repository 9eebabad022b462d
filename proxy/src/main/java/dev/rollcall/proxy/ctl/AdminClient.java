package dev.rollcall.proxy.ctl;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Asks one admin port. The JDK's oldest HTTP client is enough for that, and is there in a moment.
 */
final class AdminClient {

  private static final int PATIENCE_MILLIS = 10_000;

  private final URI url;
  private final @Nullable String token;

  AdminClient(URI url, @Nullable String token) {
    this.url = url;
    this.token = token;
  }

  /** What a path answers, as JSON. */
  Object get(String path) throws CtlFault {
    return Json.decodeValue(text(ask("GET", path, null)));
  }

  /** The same, as it comes; who calls closes it. */
  InputStream stream(String path, boolean endless) throws CtlFault {
    HttpURLConnection connection = ask("GET", path, null);
    try {
      connection.setReadTimeout(endless ? 0 : PATIENCE_MILLIS);
      return connection.getInputStream();
    } catch (IOException broken) {
      throw silent(broken);
    }
  }

  /** Changes something, with the token. */
  JsonObject change(String method, String path, @Nullable String body) throws CtlFault {
    if (token == null) {
      throw new CtlFault(
          CtlFault.USAGE,
          "this needs the admin token (expected: ROLLCALL_ADMIN_TOKEN, or --token-file FILE)");
    }
    return new JsonObject(text(ask(method, path, body == null ? "" : body)));
  }

  private HttpURLConnection ask(String method, String path, @Nullable String body) throws CtlFault {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url + path).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      connection.setInstanceFollowRedirects(false);
      if (body != null) {
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body.getBytes(StandardCharsets.UTF_8));
        }
      }
      if (connection.getResponseCode() != 200) {
        throw new CtlFault(CtlFault.REFUSED, refusal(connection));
      }
      return connection;
    } catch (IOException broken) {
      throw silent(broken);
    }
  }

  private CtlFault silent(IOException broken) {
    return new CtlFault(
        CtlFault.REFUSED,
        url
            + ": no answer ("
            + broken.getMessage()
            + "); is it the admin port of a proxy? (--url, ROLLCALL_ADMIN_PORT)");
  }

  private String text(HttpURLConnection connection) throws CtlFault {
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw silent(broken);
    }
  }

  /** The detail of the problem, or what there is instead. */
  private String refusal(HttpURLConnection connection) throws IOException {
    String said = "";
    try (InputStream in = connection.getErrorStream()) {
      if (in != null) {
        String text = new String(in.readNBytes(64 * 1024), StandardCharsets.UTF_8);
        said = new JsonObject(text).getString("detail", "");
      }
    } catch (DecodeException notOurs) {
      said = "not a proxy's admin port";
    }
    return url + ": " + connection.getResponseCode() + " " + said;
  }
}
