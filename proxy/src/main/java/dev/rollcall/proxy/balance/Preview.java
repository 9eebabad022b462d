package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * Where a request would go, for people who ask.
 *
 * @param upstream the one it would go to, or null when there is nobody, or chance decides
 * @param why one line
 */
public record Preview(@Nullable Upstream upstream, String why) {

  static final Preview NOBODY = new Preview(null, "nobody can take a request");
}
