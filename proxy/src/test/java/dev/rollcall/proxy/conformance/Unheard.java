package dev.rollcall.proxy.conformance;

import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.TrafficWitness;
import dev.rollcall.proxy.roll.Upstream;

/** A witness without consequences: no upstream is taken out for what a case makes it do. */
record Unheard() implements TrafficWitness {

  @Override
  public void answered(Upstream upstream, int status, long nanos) {}

  @Override
  public void failed(Upstream upstream, TrafficFault fault, String detail) {}

  @Override
  public void waiting(Upstream upstream, int loop, long oldestNanos) {}
}
