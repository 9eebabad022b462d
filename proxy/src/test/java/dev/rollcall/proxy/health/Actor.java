package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Instance;
import java.util.function.IntUnaryOperator;

/** How one instance behaves in a {@link World}. */
final class Actor {

  /** How it answers when it is asked. */
  enum Manner {
    WELL(Witness.ANSWERED, "answered its probe"),
    REFUSES(Witness.REFUSED, "probe: connection refused"),
    SILENT(Witness.UNANSWERED, "probe timed out after 500 ms"),
    UNREADY(Witness.UNREADY, "probe answered 503"),
    SOMEBODY_ELSE(Witness.IMPOSTOR, "another instance answers");

    private final ProbeResult answer;

    Manner(Witness witness, String detail) {
      answer = new ProbeResult(witness, detail);
    }

    ProbeResult answer() {
      return answer;
    }
  }

  Instance said;
  Manner manner = Manner.WELL;
  boolean beats = true;
  double load = 0.1;
  int inFlight;

  /** Answers probes and heartbeats, but no request. */
  boolean stuck;

  /** Of the request with that number. */
  IntUnaryOperator status = number -> 200;

  long nextBeat;
  long seq;
  int probes;

  Actor(Instance said) {
    this.said = said;
  }
}
