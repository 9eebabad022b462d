package dev.rollcall.proxy.conformance;

/** One step of an HTTP/2 client's script. */
@FunctionalInterface
interface H2Step {

  void run(H2Talk talk) throws Exception;
}
