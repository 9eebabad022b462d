package dev.rollcall.proxy.forward.client;

import dev.rollcall.proxy.forward.message.Refusal;

/** What client connections are held to at present, and where it is told. Any thread. */
public interface EdgeRules {

  /** How much a client may send. */
  Limits limits();

  /** How long it may take. */
  Timeouts timeouts();

  /** Who is believed when it says for whom it calls. */
  TrustedProxies trusted();

  /** Counts connections over all loops. */
  ConnectionLimit connectionLimit();

  /** Something was refused at the edge. */
  void count(Refusal refusal);
}
