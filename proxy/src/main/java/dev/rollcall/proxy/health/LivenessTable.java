package dev.rollcall.proxy.health;

import static dev.rollcall.proxy.health.Rule.ADMIT;
import static dev.rollcall.proxy.health.Rule.ADMIT_UNPROBED;
import static dev.rollcall.proxy.health.Rule.ASK;
import static dev.rollcall.proxy.health.Rule.DRAIN;
import static dev.rollcall.proxy.health.Rule.EJECT;
import static dev.rollcall.proxy.health.Rule.EJECT_LONGER;
import static dev.rollcall.proxy.health.Rule.EXPIRE;
import static dev.rollcall.proxy.health.Rule.FALL;
import static dev.rollcall.proxy.health.Rule.FALL_IF_CUT_OFF;
import static dev.rollcall.proxy.health.Rule.HARDEN;
import static dev.rollcall.proxy.health.Rule.HARDEN_BUT_DOUBT;
import static dev.rollcall.proxy.health.Rule.MISS;
import static dev.rollcall.proxy.health.Rule.MISS_WHILE_DRAINING;
import static dev.rollcall.proxy.health.Rule.MISS_WHILE_UP;
import static dev.rollcall.proxy.health.Rule.OFFER;
import static dev.rollcall.proxy.health.Rule.READMIT;
import static dev.rollcall.proxy.health.Rule.RESUME;
import static dev.rollcall.proxy.health.Rule.RETURN;
import static dev.rollcall.proxy.health.Rule.RETURN_UNPROBED;
import static dev.rollcall.proxy.health.Rule.SOFTEN;
import static dev.rollcall.proxy.health.Rule.START_OVER;
import static dev.rollcall.proxy.health.Rule.STAY;
import static dev.rollcall.proxy.health.Rule.SUSPECT;
import static dev.rollcall.proxy.health.Rule.SUSPECT_BUT_CREDIT;
import static dev.rollcall.proxy.health.Rule.SUSPECT_BUT_DOUBT;
import static dev.rollcall.proxy.health.Rule.UNREADY;

import dev.rollcall.proxy.roll.Availability;

/**
 * The whole of liveness: what follows when a witness speaks of an upstream in a state. {@code
 * docs/liveness.md} is this table for people; a test keeps the two equal.
 *
 * <p>Why several witnesses: none is enough. A heartbeat proves that the process can reach the
 * registry, not that it serves; a probe proves that it answers now, not that the registry knows; a
 * lost connection or a slow answer may be anybody's fault. So a single witness makes at most a
 * suspect, which is asked at once and takes no traffic meanwhile; only what can't be otherwise
 * (refused, somebody else answers), or two that agree, make it down.
 */
final class LivenessTable {

  private static final Rule[][] CELLS = new Rule[Witness.values().length][];

  static {
    // Columns: joining, up, suspect, ejected, draining, down.
    row(Witness.READY, ASK, STAY, STAY, STAY, RESUME, ASK);
    row(Witness.DRAIN, DRAIN, DRAIN, DRAIN, DRAIN, STAY, STAY);
    row(Witness.HEARTBEAT, ADMIT_UNPROBED, STAY, ADMIT_UNPROBED, STAY, STAY, RETURN_UNPROBED);
    row(Witness.LATE, ASK, SUSPECT_BUT_DOUBT, ASK, ASK, ASK, STAY);
    row(Witness.DISCONNECTED, ASK, SUSPECT_BUT_DOUBT, ASK, ASK, ASK, STAY);
    row(Witness.LEASE_ENDED, EXPIRE, EXPIRE, EXPIRE, EXPIRE, EXPIRE, HARDEN_BUT_DOUBT);
    row(Witness.REFUSED, FALL, FALL, FALL, FALL, FALL_IF_CUT_OFF, HARDEN);
    row(Witness.RESET, STAY, SUSPECT_BUT_CREDIT, ASK, ASK, ASK, STAY);
    row(Witness.STALLED, STAY, SUSPECT, ASK, ASK, ASK, STAY);
    row(Witness.ANSWERED, ADMIT, STAY, ADMIT, STAY, STAY, RETURN);
    row(Witness.UNREADY, STAY, UNREADY, UNREADY, UNREADY, STAY, SOFTEN);
    row(Witness.UNANSWERED, MISS, MISS_WHILE_UP, MISS, MISS, MISS_WHILE_DRAINING, START_OVER);
    row(Witness.IMPOSTOR, FALL, FALL, FALL, FALL, FALL, HARDEN);
    row(Witness.OUTLIER, STAY, EJECT, EJECT, STAY, STAY, STAY);
    row(Witness.TIME_SERVED, STAY, STAY, STAY, OFFER, STAY, STAY);
    row(Witness.TRIAL_PASSED, STAY, STAY, STAY, READMIT, STAY, STAY);
    row(Witness.TRIAL_FAILED, STAY, STAY, STAY, EJECT_LONGER, STAY, STAY);
  }

  private LivenessTable() {}

  static Rule rule(Availability state, Witness witness) {
    return CELLS[witness.ordinal()][state.ordinal()];
  }

  /** One rule for each availability, in the order of that enum. */
  private static void row(Witness witness, Rule... rules) {
    CELLS[witness.ordinal()] = rules;
  }
}
