package dev.rollcall.proxy.forward.http1;

import dev.rollcall.proxy.forward.http.LeftOver;
import dev.rollcall.proxy.forward.message.ContentLength;
import dev.rollcall.proxy.forward.message.HopByHop;
import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Makes requests of what the decoder has read: has each judged at the edge, and hands its body on.
 * Traffic loop only.
 */
final class RequestIntake {

  private final Http1Client client;
  private final Http1ClientConnection connection;
  private final RequestDecoder decoder;
  private int requests;
  private boolean receiving;
  private HttpHeaders fields = EmptyHttpHeaders.INSTANCE;
  private long came;
  private long dropped;

  RequestIntake(Http1Client client, Http1ClientConnection connection, RequestDecoder decoder) {
    this.client = client;
    this.connection = connection;
    this.decoder = decoder;
  }

  /** True while a request has not come whole. */
  boolean isReceiving() {
    return receiving;
  }

  /** True when the client may send no other request. */
  boolean isWornOut() {
    return requests >= client.mostRequests().getAsInt();
  }

  /**
   * True when more of the request is to come than is worth waiting for, or when it may be that it
   * never comes: a client that waits for a 100 sends its body, or leaves (RFC 9110 §10.1.1).
   */
  boolean isTooMuchLeft() {
    if (!receiving) {
      return false;
    }
    if (came == 0 && fields.contains(HttpHeaderNames.EXPECT)) {
      return true;
    }
    String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
    return length != null && LeftOver.isTooMuch(ContentLength.parse(length) - came);
  }

  void head(HttpRequest head) {
    requests++;
    receiving = true;
    fields = head.headers();
    came = 0;
    dropped = 0;
    Refusal refusal = client.edge().apply(head);
    // An answer is of our version, whatever the request claims to be (RFC 9112 §2.3).
    boolean http10 =
        head.protocolVersion() == HttpVersion.HTTP_1_0 && head.decoderResult().isSuccess();
    boolean last = refusal != null || isLast(head.headers(), http10);
    Http1Request request = new Http1Request(connection, head, http10, last);
    connection.begin(request);
    if (refusal == null) {
      client.requests().handle(request);
    } else {
      // Nothing that follows can be trusted to begin where it seems to.
      decoder.ignoreAll();
      client.refused().accept(request, refusal);
    }
  }

  /** The client wants no other request to follow (RFC 9112 §9.3). */
  private static boolean isLast(HttpHeaders headers, boolean http10) {
    if (!headers.contains(HttpHeaderNames.CONNECTION)) {
      return http10;
    }
    List<String> options = headers.getAll(HttpHeaderNames.CONNECTION);
    return HopByHop.hasOption(options, "close")
        || (http10 && !HopByHop.hasOption(options, "keep-alive"));
  }

  /**
   * A part of a request's body, its end, or what can't be either.
   *
   * @param wanted false: it has its answer
   */
  void content(Http1Request of, HttpContent content, boolean wanted) {
    ByteBuf part = content.content();
    if (content.decoderResult().isFailure()) {
      part.release();
      decoder.ignoreAll();
      connection.malformed(of);
      return;
    }
    came += part.readableBytes();
    if (wanted && part.isReadable()) {
      of.part(part);
    } else {
      drop(part);
    }
    if (content instanceof LastHttpContent last) {
      receiving = false;
      decoder.hold();
      connection.whole(of, last.trailingHeaders());
    } else {
      connection.reading().came();
    }
  }

  private void drop(ByteBuf part) {
    dropped += part.readableBytes();
    part.release();
    if (LeftOver.isTooMuch(dropped)) {
      connection.end().begin();
    }
  }
}
