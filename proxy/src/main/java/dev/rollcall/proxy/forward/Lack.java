package dev.rollcall.proxy.forward;

/** Why a request that waits in a {@link WaitingRoom} can't go on. */
enum Lack {
  /** Nobody is there for it. */
  INSTANCE,
  /** All instances have as much as they may have. */
  ROOM,
  /** Whoever lost it may be dead, and then it may be tried again: it isn't known yet. */
  WORD
}
