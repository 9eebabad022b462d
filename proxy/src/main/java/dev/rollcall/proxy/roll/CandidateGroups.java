package dev.rollcall.proxy.roll;

import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.Tier;
import java.util.List;
import java.util.Map;

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
    Group group = choose(upstreams);
    Upstream[] chosen = new Upstream[group.size()];
    int size = 0;
    boolean fine = false;
    for (Upstream upstream : upstreams) {
      if (upstream.weight() > 0 && group.takes(upstream)) {
        chosen[size++] = upstream;
        fine |= !warmth.isEmpty() && warmth.containsKey(upstream);
      }
    }
    int[] weights = new int[size];
    boolean same = size == before.size();
    for (int i = 0; i < size; i++) {
      weights[i] = weight(chosen[i], fine, warmth);
      same = same && chosen[i] == before.get(i) && weights[i] == before.weights()[i];
    }
    return same ? before : new Candidates(List.of(chosen), weights);
  }

  private static int weight(Upstream upstream, boolean fine, Map<Upstream, Double> warmth) {
    return fine
        ? Math.max(1, (int) (upstream.weight() * FINE * warmth.getOrDefault(upstream, 1.0)))
        : upstream.weight();
  }

  private Group choose(List<Upstream> all) {
    Group primaries = new Group(Tier.PRIMARY, "");
    Group near = new Group(Tier.PRIMARY, zone);
    Group backups = new Group(Tier.BACKUP, "");
    for (Upstream upstream : all) {
      if (upstream.weight() > 0) {
        primaries.count(upstream);
        near.count(upstream);
        backups.count(upstream);
      }
    }
    if (primaries.up > 0) {
      boolean stay = !zone.isEmpty() && near.up > 0 && near.up * 2 >= near.all;
      return stay ? near : primaries;
    }
    return backups.up > 0 || primaries.soft == 0 ? backups : primaries;
  }

  /** Some of a tier, and how many of them look how. */
  private static final class Group {
    private final Tier tier;
    private final String zone;
    private int all;
    private int up;
    private int soft;

    /**
     * @param zone empty: any
     */
    Group(Tier tier, String zone) {
      this.tier = tier;
      this.zone = zone;
    }

    void count(Upstream upstream) {
      if (has(upstream)) {
        Standing standing = upstream.standing();
        all++;
        up += standing.availability() == Availability.UP ? 1 : 0;
        soft += standing.soft() ? 1 : 0;
      }
    }

    private boolean has(Upstream upstream) {
      Instance instance = upstream.instance();
      return instance.tier() == tier && (zone.isEmpty() || instance.zone().equals(zone));
    }

    /** Soft judgements are ignored: too many show them, or nobody is up at all. */
    private boolean panics() {
      return up < soft;
    }

    boolean takes(Upstream upstream) {
      Standing standing = upstream.standing();
      boolean fit = standing.availability() == Availability.UP || (panics() && standing.soft());
      return fit && has(upstream);
    }

    /** How many it takes. */
    int size() {
      return panics() ? up + soft : up;
    }
  }
}
