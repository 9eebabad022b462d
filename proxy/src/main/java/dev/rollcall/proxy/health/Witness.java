package dev.rollcall.proxy.health;

/** Whoever says something of an upstream. The rows of {@link LivenessTable}. */
enum Witness {
  READY("says that it is ready, or a drain was taken back"),
  DRAIN("says that it drains, or an operator does"),
  HEARTBEAT("heartbeat"),
  LATE("no heartbeat for 2.5 intervals"),
  DISCONNECTED("connection to the registry lost, or entry gone without a word"),
  LEASE_ENDED("no heartbeat for a whole lease"),
  REFUSED("connection refused or unreachable (traffic or probe)"),
  RESET("traffic: reset or broken off"),
  STALLED("traffic: requests hang while neighbours answer"),
  ANSWERED("probe answered"),
  UNREADY("probe answered: not ready"),
  UNANSWERED("probe timed out or broke off"),
  IMPOSTOR("probe answered by somebody else"),
  OUTLIER("traffic: fails far more than its neighbours, or stalls again and again"),
  TIME_SERVED("its time of ejection is over"),
  TRIAL_PASSED("trial request went well"),
  TRIAL_FAILED("trial request failed");

  private final String text;

  Witness(String text) {
    this.text = text;
  }

  /** In words, for the table that people read. */
  String text() {
    return text;
  }
}
