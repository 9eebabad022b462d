package dev.rollcall.proxy.roll;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service's part of a snapshot.
 *
 * @param name the service
 * @param upstreams all of them, whatever their availability, in order of id
 * @param candidates those that may take a request now
 * @param trial an ejected upstream that shall be tried with one request, mostly null. It is not
 *     among the candidates
 * @param canary others of them, who get a part of the requests; mostly null. They are not among the
 *     candidates either
 */
public record ServiceRoll(
    String name,
    List<Upstream> upstreams,
    Candidates candidates,
    @Nullable Trial trial,
    @Nullable Canary canary) {

  public ServiceRoll {
    upstreams = List.copyOf(upstreams);
  }

  /** Whether an upstream may take a request now, as one of the canary or of the others. */
  public boolean takes(Upstream upstream) {
    return candidates.contains(upstream)
        || (canary != null && canary.candidates().contains(upstream));
  }

  /** How many of them may take a request now. */
  public int takers() {
    return candidates.size() + (canary == null ? 0 : canary.candidates().size());
  }

  public ServiceRoll(String name, List<Upstream> upstreams, Candidates candidates) {
    this(name, upstreams, candidates, null, null);
  }
}
