package dev.rollcall.proxy.forward.upstream;

import dev.rollcall.proxy.forward.http.RawTunnel;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What comes back from an upstream for one request, in order: any number of {@link #informational},
 * one {@link #head}, any number of {@link #data}, then {@link #end}; or {@link #failed} at any
 * point, after which nothing follows. Everything is called on the traffic loop that sent the
 * request.
 */
interface UpstreamResponse {

  /** A 1xx that is not the answer (RFC 9110 §15.2). */
  void informational(int status, HttpHeaders headers);

  /**
   * The final status and fields.
   *
   * @param bodiless no body follows whatever the fields say (HEAD, 204, 304)
   */
  void head(int status, HttpHeaders headers, boolean bodiless);

  /** A part of the body; the receiver owns and releases it. */
  void data(ByteBuf part);

  /** The response is whole. */
  void end(HttpHeaders trailers);

  /** The upstream switched protocols (101): both sides become a tunnel. */
  void upgraded(HttpHeaders headers, RawTunnel tunnel);

  /** Everything that had arrived by now was handed over: a good moment to flush. */
  void readComplete();

  /** The upstream can take more of the request's body. */
  void writable();

  /** No whole response will come. */
  void failed(ForwardFailure failure);
}
