package dev.rollcall.proxy.roll;

/** A witness without consequences: no upstream is taken out for what a test makes it do. */
public record Unheard() implements TrafficWitness {

  @Override
  public void answered(Upstream upstream, int status, long nanos) {}

  @Override
  public void failed(Upstream upstream, TrafficFault fault, String detail) {}

  @Override
  public void waiting(Upstream upstream, int loop, long oldestNanos) {}
}
