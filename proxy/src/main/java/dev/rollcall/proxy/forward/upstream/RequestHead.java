package dev.rollcall.proxy.forward.upstream;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request as the upstream shall see it.
 *
 * @param method as the client sent it
 * @param target path and query, the client's own bytes
 * @param prefix what was taken off the client's path before the target; mostly empty
 * @param authority what the client called us
 * @param headers end-to-end fields and ours; no framing field except one that says how the body
 *     comes
 */
public record RequestHead(
    String method, String target, String prefix, String authority, HttpHeaders headers) {

  public RequestHead(String method, String target, String authority, HttpHeaders headers) {
    this(method, target, "", authority, headers);
  }

  boolean isHead() {
    return method.equals("HEAD");
  }
}
