package dev.rollcall.discovery;

/** How far a proxy is with letting go of a draining instance. */
public enum DrainStage {
  /** No new request will be sent. */
  STOPPED_CHOOSING,
  /** Nothing of it is in flight any more. */
  EMPTY
}
