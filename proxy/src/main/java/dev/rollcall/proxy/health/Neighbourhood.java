package dev.rollcall.proxy.health;

/** What one upstream's case takes from those of its neighbours in the service. */
interface Neighbourhood {

  /** Silence of this one may be the registry's fault. */
  boolean inDoubt(Vigil of);

  /** Ejecting it leaves at least half of the service. */
  boolean mayEject(Vigil of);

  /** Some neighbour that is up has answered a request after {@code since}. */
  boolean answeredSince(Vigil of, long since);

  /** There are neighbours that are up, and none of them has requests waiting. */
  boolean isIdle(Vigil of, long now);

  /** Nobody else of the service is up. */
  boolean isLast(Vigil of);

  /** How much neighbours that are up fail, 0 to 1: of late, or right now if that is more. */
  double failing(Vigil of);

  /** The slowest answer of the service of late, nanoseconds. */
  long slowest(Vigil of);

  /** Until when this process last stood still: nothing can be held against anybody for it. */
  long stoodStillUntil();
}
