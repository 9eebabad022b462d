package dev.rollcall.proxy.forward.message;

/**
 * How a request's body comes.
 *
 * @param present there is one, perhaps empty
 * @param length its length when the client has said so, else -1
 */
public record BodyKind(boolean present, long length) {
  public static final BodyKind NONE = new BodyKind(false, -1);
  public static final BodyKind CHUNKED = new BodyKind(true, -1);
}
