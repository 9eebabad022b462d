package dev.rollcall.proxy.conformance;

/**
 * What a script waited for did not come: a verdict, unlike an IOException, which is only an end.
 */
final class CaseFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  CaseFailure(String what) {
    super(what);
  }
}
