package dev.rollcall.upstream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * {@code GET /}: says which instance answers. A small page for whoever asks for HTML by name, as
 * browsers do; plain text for everybody else, also for {@code Accept: *}{@code /*}.
 */
final class Greeting implements Handler<RoutingContext> {

  private final Buffer text;
  private final Buffer page;

  Greeting(String name) {
    this.text = Buffer.buffer("Hello from " + name + "\n");
    this.page = Buffer.buffer(page(name));
  }

  @Override
  public void handle(RoutingContext ctx) {
    boolean html = prefersHtml(ctx);
    Buffer body = html ? page : text;
    ctx.response()
        .putHeader(
            HttpHeaders.CONTENT_TYPE,
            html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.VARY, "Accept")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        // Vert.x would leave it out in the answer to HEAD.
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
        .end(body);
  }

  /**
   * True when text/html is named and its quality is at least that of text/plain (RFC 9110 §12.5.1).
   */
  private static boolean prefersHtml(RoutingContext ctx) {
    String accept = ctx.request().getHeader(HttpHeaders.ACCEPT);
    if (accept == null || !accept.contains("html")) {
      return false;
    }
    List<MIMEHeader> ranges = ctx.parsedHeaders().accept();
    float html = quality(ranges, "html");
    return html > 0 && html >= Math.max(quality(ranges, "plain"), quality(ranges, "*"));
  }

  /** The quality of this very subtype of text, or of any, if it is named; else 0. */
  private static float quality(List<MIMEHeader> ranges, String subtype) {
    return ranges.stream()
        .filter(range -> subtype.equalsIgnoreCase(range.subComponent()))
        .filter(range -> subtype.equals("*") || "text".equalsIgnoreCase(range.component()))
        .map(MIMEHeader::weight)
        .findFirst()
        .orElse(0f);
  }

  private static String page(String name) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%1$s</title>
        <style>
        body { font: 1.25rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 30em; padding: 0 1em;
          color: #1d2733; background: #fbfaf7 }
        p { color: #5b6673; font-size: 1rem }
        </style>
        </head>
        <body>
        <h1>Hello from %1$s</h1>
        <p>Reload to be sent to the next instance on the roll.</p>
        </body>
        </html>
        """
        .formatted(escape(name));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
