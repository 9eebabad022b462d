package dev.rollcall.proxy.forward;

/**
 * Hears of each request when it is over. Called on traffic loops: must return at once and never
 * throw.
 */
public interface RequestLog {

  RequestLog OFF =
      new RequestLog() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public void finished(FinishedRequest request) {
          // Nobody listens.
        }
      };

  /** False: nothing is collected. */
  boolean isOn();

  void finished(FinishedRequest request);
}
