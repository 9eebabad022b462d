package dev.rollcall.proxy.forward.retry;

import static dev.rollcall.proxy.forward.retry.RetryPolicy.Verdict.ENOUGH;
import static dev.rollcall.proxy.forward.retry.RetryPolicy.Verdict.GIVE_UP;
import static dev.rollcall.proxy.forward.retry.RetryPolicy.Verdict.MOVE;
import static dev.rollcall.proxy.forward.retry.RetryPolicy.Verdict.RETRY;
import static dev.rollcall.proxy.forward.retry.RetryPolicy.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.upstream.ForwardFailure;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.Broken;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.Lost;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.Malformed;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.NotConnected;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.NotProcessed;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.TakenDown;
import dev.rollcall.proxy.forward.upstream.ForwardFailure.TimedOut;
import dev.rollcall.proxy.roll.TrafficFault;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final boolean SAFE = true;
  private static final boolean UNSAFE = false;

  @Test
  void whatWasNeverWorkedOnMovesWhateverTheMethod() {
    for (ForwardFailure failure :
        List.of(new NotConnected(TrafficFault.REFUSED, ""), new NotProcessed(""))) {
      assertThat(verdict(failure, UNSAFE, true, false, 0, 2)).isEqualTo(MOVE);
    }
  }

  @Test
  void nothingMovesOnceItsBodyIsNoLongerWhole() {
    assertThat(verdict(new NotConnected(TrafficFault.REFUSED, ""), SAFE, false, false, 0, 2))
        .isEqualTo(GIVE_UP);
  }

  @Test
  void anUnsafeRequestThatMayHaveBeenReadIsNeverRepeated() {
    for (ForwardFailure failure :
        List.of(
            new Lost(true, ""),
            new Lost(false, ""),
            new TakenDown(""),
            new TimedOut(""),
            new Broken(""))) {
      assertThat(verdict(failure, UNSAFE, true, false, 0, 2)).isEqualTo(GIVE_UP);
    }
  }

  @Test
  void aSafeRequestMovesWhenItsUpstreamIsTakenDown() {
    assertThat(verdict(new TakenDown(""), SAFE, true, false, 0, 2)).isEqualTo(MOVE);
  }

  @Test
  void aLostSafeRequestIsRetriedTwice() {
    assertThat(verdict(new Lost(true, ""), SAFE, true, false, 0, 2)).isEqualTo(RETRY);
    assertThat(verdict(new Lost(true, ""), SAFE, true, false, 1, 2)).isEqualTo(RETRY);
    assertThat(verdict(new Lost(true, ""), SAFE, true, false, 2, 2)).isEqualTo(ENOUGH);
  }

  @Test
  void whereNoTriesAreWantedALostRequestIsGivenUp() {
    assertThat(verdict(new Lost(true, ""), SAFE, true, false, 0, 0)).isEqualTo(GIVE_UP);
  }

  @Test
  void nothingIsRetriedAfterAResponseByte() {
    for (ForwardFailure failure :
        List.of(new Lost(true, ""), new TakenDown(""), new Malformed(""))) {
      assertThat(verdict(failure, SAFE, true, true, 0, 2)).isEqualTo(GIVE_UP);
    }
  }

  @Test
  void slownessIs504AndEverythingElse502() {
    assertThat(RetryPolicy.status(new TimedOut(""))).isEqualTo(504);
    assertThat(RetryPolicy.status(new NotConnected(TrafficFault.UNREACHABLE, ""))).isEqualTo(504);
    assertThat(RetryPolicy.status(new NotConnected(TrafficFault.REFUSED, ""))).isEqualTo(502);
    assertThat(RetryPolicy.status(new Malformed(""))).isEqualTo(502);
    assertThat(RetryPolicy.status(new NotProcessed(""))).isEqualTo(503);
  }

  @Test
  void aStaleConnectionSaysNothingAgainstItsUpstream() {
    assertThat(RetryPolicy.fault(new Lost(true, ""))).isNull();
    assertThat(RetryPolicy.fault(new Lost(false, ""))).isEqualTo(TrafficFault.RESET);
  }
}
