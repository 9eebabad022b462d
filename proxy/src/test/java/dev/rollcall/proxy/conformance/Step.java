package dev.rollcall.proxy.conformance;

/**
 * One step of an HTTP/1.1 script. An IOException ends the script (the other side went away, which
 * the verdict judges); a {@link CaseFailure} fails the case.
 */
@FunctionalInterface
interface Step {

  void run(Talk talk) throws Exception;
}
