package dev.rollcall.proxy.conformance;

/** One step of an HTTP/2 upstream's script, on the stream of the request that it serves. */
@FunctionalInterface
interface H2Reply {

  void run(H2Talk talk, int stream) throws Exception;
}
