package dev.rollcall.proxy.balance;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.Upstream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one of the candidates. One object per service, shared by every traffic loop:
 * implementations are thread-safe without locks and keep nothing that depends on list positions.
 */
public interface SelectionPolicy {

  /**
   * The one for this request, or null when all candidates were tried or there are none.
   *
   * @param request what hashing and sticky policies look at
   * @param tried already tried for this request, mostly empty; never chosen
   */
  @Nullable Upstream select(Candidates candidates, RequestFacts request, Set<Upstream> tried);

  /** True when the request belongs to one of these already, as a session does. */
  default boolean knows(Candidates candidates, RequestFacts request) {
    return false;
  }

  /**
   * The {@code Set-Cookie} value that goes with a response of {@code chosen}, or null for none. Ask
   * once, for the final response head, with the upstream that gave it.
   */
  default @Nullable String setCookie(RequestFacts request, Upstream chosen) {
    return null;
  }

  /**
   * Where a request would go now, and why. Takes no turn and changes nothing, so the next {@link
   * #select} may still see others before it.
   */
  Preview preview(Candidates candidates, RequestFacts request);

  /** The name that the settings know it by, for example {@code round-robin}. */
  String name();
}
