package dev.rollcall.proxy.forward.http2;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Names of fields in lower case, as HTTP/2 wants them (RFC 9113 §8.2.1): those that upstreams send
 * again and again are made once. Names that share a place take turns in it. Traffic loop only.
 */
public final class FieldNames {

  private static final int PLACES = 256;

  private final @Nullable AsciiString[] known = new AsciiString[PLACES];

  /** The same name without capital letters. */
  AsciiString lower(CharSequence name) {
    int place = AsciiString.hashCode(name) & (PLACES - 1);
    AsciiString here = known[place];
    if (here != null && here.contentEqualsIgnoreCase(name)) {
      return here;
    }
    // A copy: what came from the network may be part of a large array.
    AsciiString lower = new AsciiString(name).toLowerCase();
    known[place] = lower;
    return lower;
  }
}
