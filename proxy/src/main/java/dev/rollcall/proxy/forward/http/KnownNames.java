package dev.rollcall.proxy.forward.http;

import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.PlatformDependent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names of fields as they have been read: what comes again and again is made, and its hash
 * computed, once for a thread. Names that share a place take turns in it; a stranger's can't make
 * it grow.
 */
public final class KnownNames {

  private static final int PLACES = 256;

  /** Longer ones are rare, and not worth keeping. */
  private static final int LONGEST = 40;

  private static final FastThreadLocal<KnownNames> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected KnownNames initialValue() {
          return new KnownNames();
        }
      };

  private final @Nullable AsciiString[] known = new AsciiString[PLACES];

  private KnownNames() {}

  /** Those of the calling thread, to be used on it only. */
  public static KnownNames ofThread() {
    return OF_THREAD.get();
  }

  /** The name that stands there, capital letters as they are. */
  public AsciiString name(byte[] line, int start, int length) {
    if (length > LONGEST) {
      return new AsciiString(line, start, length, true);
    }
    int place = PlatformDependent.hashCodeAscii(line, start, length) & (PLACES - 1);
    AsciiString here = known[place];
    if (here != null
        && Arrays.equals(here.array(), 0, here.length(), line, start, start + length)) {
      return here;
    }
    AsciiString made = new AsciiString(line, start, length, true);
    known[place] = made;
    return made;
  }
}
