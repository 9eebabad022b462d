package dev.rollcall.proxy.health;

import java.time.Duration;

/** {@link HealthOptions#DEFAULT}, but for what a test says. */
final class HealthDraft {

  private static final HealthOptions USUAL = HealthOptions.DEFAULT;

  private String path = USUAL.path();
  private int ejectAfter = USUAL.ejectAfter();
  private Duration slowStart = USUAL.slowStart();
  private boolean weighByLoad = USUAL.weighByLoad();

  HealthDraft path(String asked) {
    path = asked;
    return this;
  }

  HealthDraft ejectAfter(int failures) {
    ejectAfter = failures;
    return this;
  }

  HealthDraft slowStart(Duration span) {
    slowStart = span;
    return this;
  }

  HealthDraft weighByLoad(boolean on) {
    weighByLoad = on;
    return this;
  }

  HealthOptions made() {
    return new HealthOptions(
        path,
        USUAL.interval(),
        USUAL.timeout(),
        USUAL.fall(),
        USUAL.rise(),
        USUAL.stall(),
        ejectAfter,
        USUAL.ejectTime(),
        USUAL.ejectTimeMax(),
        slowStart,
        weighByLoad);
  }
}
