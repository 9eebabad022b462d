package dev.rollcall.proxy.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands each arriving request, on whichever upstream, the next script of the case. Any thread. */
final class Exchanges {

  private final List<List<Step>> scripts;
  private final AtomicInteger next = new AtomicInteger();
  private final List<Message> arrivals = new CopyOnWriteArrayList<>();

  Exchanges(List<List<Step>> scripts) {
    this.scripts = scripts;
  }

  List<Step> next() {
    return scripts.get(Math.min(next.getAndIncrement(), scripts.size() - 1));
  }

  /** All requests whose head has arrived anywhere, in order. */
  List<Message> arrivals() {
    return arrivals;
  }
}
