package dev.rollcall.proxy.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands each arriving request, on whichever upstream, the next script of the case. Any thread. */
final class Exchanges {

  private final List<List<Step>> scripts;
  private final List<List<H2Reply>> replies;
  private final AtomicInteger next = new AtomicInteger();
  private final List<Message> arrivals = new CopyOnWriteArrayList<>();

  Exchanges(List<List<Step>> scripts, List<List<H2Reply>> replies) {
    this.scripts = scripts;
    this.replies = replies;
  }

  List<Step> next() {
    return scripts.get(Math.min(next.getAndIncrement(), scripts.size() - 1));
  }

  /** The same for an upstream that speaks HTTP/2. */
  List<H2Reply> nextReply() {
    return replies.get(Math.min(next.getAndIncrement(), replies.size() - 1));
  }

  /** All requests whose head has arrived anywhere, in order. */
  List<Message> arrivals() {
    return arrivals;
  }
}
