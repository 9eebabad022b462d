package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Who of a service may take a request: the best group that isn't empty.
 *
 * <ol>
 *   <li>primaries that are up; those of the preferred zone alone while at least half of that zone's
 *       primaries are up, so that a zone that falls apart isn't overrun
 *   <li>backups that are up
 *   <li>whoever is only judged softly (suspect, ejected, unready), primaries before backups: better
 *       a doubtful answer than none
 * </ol>
 *
 * <p>Panic: when fewer than half of a tier look healthy, the soft judgements of that tier are
 * ignored, since a fault that nearly all show is rather a fault of the judge, or of something that
 * all depend on, and the few healthy ones would drown. Those with a hard verdict, and those that
 * joined but haven't answered yet, count on neither side.
 *
 * <p>Weight 0 takes nothing.
 */
final class CandidateGroups {

  /** Weights while one of the candidates warms up are this many times finer. */
  private static final int FINE = 100;

  private final String zone;

  /**
   * @param zone preferred, or empty
   */
  CandidateGroups(String zone) {
    this.zone = zone;
  }

  /**
   * The candidates, {@code before} itself when nothing has changed for traffic.
   *
   * @param upstreams of one service, in order of id
   * @param warmth share of its weight that an upstream may take while it warms up, 0 to 1; absent:
   *     1
   */
  Candidates of(List<Upstream> upstreams, Map<Upstream, Double> warmth, Candidates before) {
    List<Upstream> chosen = choose(upstreams.stream().filter(u -> u.weight() > 0).toList());
    int[] weights = weights(chosen, warmth);
    return before.list().equals(chosen) && Arrays.equals(before.weights(), weights)
        ? before
        : new Candidates(chosen, weights);
  }

  private List<Upstream> choose(List<Upstream> all) {
    List<Upstream> primaries = tier(all, Tier.PRIMARY);
    List<Upstream> backups = tier(all, Tier.BACKUP);
    if (any(primaries, CandidateGroups::isUp)) {
      return inZone(primaries);
    }
    if (any(backups, CandidateGroups::isUp)) {
      return upOrPanic(backups);
    }
    return any(primaries, CandidateGroups::isSoft)
        ? filter(primaries, CandidateGroups::isSoft)
        : filter(backups, CandidateGroups::isSoft);
  }

  private List<Upstream> inZone(List<Upstream> primaries) {
    List<Upstream> near = filter(primaries, u -> u.instance().zone().equals(zone));
    long nearUp = near.stream().filter(CandidateGroups::isUp).count();
    boolean stay = !zone.isEmpty() && nearUp > 0 && nearUp * 2 >= near.size();
    return upOrPanic(stay ? near : primaries);
  }

  private static List<Upstream> upOrPanic(List<Upstream> tier) {
    long up = tier.stream().filter(CandidateGroups::isUp).count();
    long soft = tier.stream().filter(CandidateGroups::isSoft).count();
    boolean panic = up * 2 < up + soft;
    return filter(tier, u -> isUp(u) || (panic && isSoft(u)));
  }

  private static int[] weights(List<Upstream> chosen, Map<Upstream, Double> warmth) {
    boolean fine = any(chosen, warmth::containsKey);
    return chosen.stream()
        .mapToInt(
            u ->
                fine
                    ? Math.max(1, (int) (u.weight() * FINE * warmth.getOrDefault(u, 1.0)))
                    : u.weight())
        .toArray();
  }

  private static boolean isUp(Upstream upstream) {
    return upstream.availability() == Availability.UP;
  }

  private static boolean isSoft(Upstream upstream) {
    return upstream.standing().soft();
  }

  private static List<Upstream> tier(List<Upstream> all, Tier tier) {
    return filter(all, u -> u.instance().tier() == tier);
  }

  private static List<Upstream> filter(List<Upstream> all, Predicate<Upstream> test) {
    return all.stream().filter(test).toList();
  }

  private static boolean any(List<Upstream> all, Predicate<Upstream> test) {
    return all.stream().anyMatch(test);
  }
}
