package dev.rollcall.proxy.health;

import dev.rollcall.proxy.health.LifeState.Down;
import dev.rollcall.proxy.health.LifeState.Draining;
import dev.rollcall.proxy.health.LifeState.Ejected;
import dev.rollcall.proxy.health.LifeState.Joining;
import dev.rollcall.proxy.health.LifeState.Suspect;
import dev.rollcall.proxy.health.Liveness.Hearing;

/**
 * What may stand in a cell of {@link LivenessTable}: one consequence each, in words and in code.
 */
enum Rule {
  STAY("–") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.stay();
    }
  },
  ASK("asked at once") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.ask();
    }
  },
  ADMIT("→ up if heartbeats come") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      Circumstances facts = hearing.facts();
      return facts.beatsCome() ? life.rise(hearing.detail(), facts.now()) : life.stay();
    }
  },
  ADMIT_UNPROBED("asked at once; → up if it can't be asked") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      Circumstances facts = hearing.facts();
      return facts.probed() ? life.ask() : life.rise(hearing.detail(), facts.now());
    }
  },
  SUSPECT("→ suspect, asked at once") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.suspect(hearing.detail());
    }
  },
  SUSPECT_BUT_CREDIT("→ suspect, asked at once; only asked within 2 s of an acquittal") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.history().hasCredit(hearing.facts().now())
          ? life.ask()
          : life.suspect(hearing.detail());
    }
  },
  SUSPECT_BUT_DOUBT("→ suspect, asked at once; in doubt: only asked") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return hearing.facts().inDoubt() ? life.ask() : life.suspect(hearing.detail());
    }
  },
  EXPIRE("→ down; in doubt: only asked") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      Circumstances facts = hearing.facts();
      return facts.inDoubt() ? life.ask() : life.fall(true, hearing.detail(), facts.now());
    }
  },
  FALL("→ down") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.fall(true, accusation(life, hearing), hearing.facts().now());
    }
  },
  FALL_IF_CUT_OFF("→ down if its registry connection is lost; else it has merely closed its door") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.cutOff() ? life.fall(true, hearing.detail(), hearing.facts().now()) : life.stay();
    }
  },
  MISS("→ down at the 2nd³, or at the 1st if another witness agrees¹; else asked again") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      Circumstances facts = hearing.facts();
      boolean refuted = facts.inDoubt() && facts.lifeSign();
      if (agreed(life, facts) || (life.misses() >= hearing.options().fall() && !refuted)) {
        return life.fall(!facts.lifeSign(), accusation(life, hearing), facts.now());
      }
      return life.ask();
    }
  },
  MISS_WHILE_UP("→ down if another witness agrees¹, else suspect, asked again") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      Step missed = MISS.apply(life, hearing);
      return missed.next().state() instanceof Down ? missed : life.suspect(hearing.detail());
    }
  },
  MISS_WHILE_DRAINING("→ down if another witness agrees¹; else asked again soon") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      Circumstances facts = hearing.facts();
      return agreed(life, facts)
          ? life.fall(!facts.lifeSign(), hearing.detail(), facts.now())
          : life.stay();
    }
  },
  UNREADY("→ down (soft) at the 2nd; else asked again soon") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.misses() >= hearing.options().fall()
          ? life.fall(false, hearing.detail(), hearing.facts().now())
          : life.stay();
    }
  },
  EJECT("→ ejected, if at least half of the service stays") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return hearing.facts().mayEject() ? life.eject(hearing.detail(), hearing) : life.stay();
    }
  },
  OFFER("one request may try it") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return new Step(life.in(new Ejected(hearing.facts().now(), true)), false, "");
    }
  },
  READMIT("→ up") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.rise(hearing.detail(), hearing.facts().now());
    }
  },
  EJECT_LONGER("ejected for twice as long") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return life.eject(hearing.detail(), hearing);
    }
  },
  DRAIN("→ draining") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return new Step(life.in(new Draining()), false, hearing.detail());
    }
  },
  RESUME("→ joining, asked at once") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return new Step(life.in(new Joining()), true, hearing.detail());
    }
  },
  RETURN("→ up² after enough in a row, if heartbeats come") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      Circumstances facts = hearing.facts();
      Down down = (Down) life.state();
      int goods = down.goods() + 1;
      return facts.beatsCome() && goods >= life.history().rise(facts.rise())
          ? life.rise(hearing.detail(), facts.now())
          : new Step(life.in(new Down(down.hard(), goods)), false, "");
    }
  },
  RETURN_UNPROBED("asked at once; an answer by itself if it can't be asked") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return hearing.facts().probed() ? life.ask() : RETURN.apply(life, hearing);
    }
  },
  SOFTEN("counted from 0; soft if heartbeats come") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return hearing.facts().beatsCome()
          ? new Step(life.in(new Down(false, 0)), false, hearing.detail())
          : START_OVER.apply(life, hearing);
    }
  },
  HARDEN("counted from 0, hard") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      return new Step(life.in(new Down(true, 0)), false, hearing.detail());
    }
  },
  HARDEN_BUT_DOUBT("hard from now on; in doubt: as it was") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      boolean hard = ((Down) life.state()).hard();
      return hard || hearing.facts().inDoubt() ? life.stay() : HARDEN.apply(life, hearing);
    }
  },
  START_OVER("counted from 0; hard unless something of it still speaks") {
    @Override
    Step apply(Liveness life, Hearing hearing) {
      boolean hard = ((Down) life.state()).hard() || !hearing.facts().lifeSign();
      return new Step(life.in(new Down(hard, 0)), false, hearing.detail());
    }
  };

  private final String text;

  Rule(String text) {
    this.text = text;
  }

  /** In words, for the table that people read. */
  String text() {
    return text;
  }

  /**
   * What follows.
   *
   * @param life the witness's word already noted in it
   */
  abstract Step apply(Liveness life, Hearing hearing);

  /**
   * A second witness against who missed a probe. When the registry is in doubt, connections to it
   * are lost by its own fault, and many at once; the rush that follows makes probes late.
   */
  private static boolean agreed(Liveness life, Circumstances facts) {
    return facts.hangs() || (life.cutOff() && !facts.inDoubt());
  }

  /** A suspect falls by what it was suspected of and by what confirmed it. */
  private static String accusation(Liveness life, Hearing hearing) {
    return life.state() instanceof Suspect suspect && !suspect.why().equals(hearing.detail())
        ? suspect.why() + ", " + hearing.detail()
        : hearing.detail();
  }
}
