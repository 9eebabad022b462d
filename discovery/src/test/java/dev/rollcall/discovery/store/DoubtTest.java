package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoubtTest {

  private final AtomicLong now = new AtomicLong(-1_000);
  private final Doubt doubt = new Doubt(now::get, Duration.ofMillis(500));

  @BeforeEach
  void reach() {
    assertThat(doubt.about("a")).isTrue();
    doubt.reached();
    assertThat(doubt.about("a")).isFalse();
  }

  @Test
  void aQuickAnswerRaisesNone() {
    doubt.asks("a");
    pass(400);
    assertThat(doubt.about("a")).isFalse();
    doubt.answered("a", false);
    pass(1000);
    assertThat(doubt.about("a")).isFalse();
  }

  @Test
  void aWriteThatHangsRaisesItForItsKeyOnly() {
    doubt.asks("a");
    pass(501);
    assertThat(doubt.about("a")).isTrue();
    assertThat(doubt.about("b")).isFalse();
  }

  @Test
  void oneQuestionAtATime() {
    assertThat(doubt.asks("a")).isTrue();
    assertThat(doubt.asks("a")).isFalse();
    doubt.answered("a", false);
    assertThat(doubt.asks("a")).isTrue();
  }

  @Test
  void itOutlastsALateAnswerForAsLongAsALease() {
    doubt.asks("a");
    pass(3000);
    doubt.answered("a", false);
    pass(4900);
    assertThat(doubt.about("a")).isTrue();
    pass(200);
    assertThat(doubt.about("a")).isFalse();
  }

  @Test
  void aFailureIsAsBadAsSilence() {
    doubt.asks("a");
    doubt.answered("a", true);
    assertThat(doubt.about("a")).isTrue();
  }

  @Test
  void aLostMemberIsFeltForAMinuteAndAMerge() {
    doubt.shaken();
    pass(89_900);
    assertThat(doubt.about("a")).isTrue();
    pass(200);
    assertThat(doubt.about("a")).isFalse();
  }

  @Test
  void aReconnectIsFeltForAsLongAsALeaseAndNeverShortensAnother() {
    doubt.unreached();
    assertThat(doubt.about("a")).isTrue();
    doubt.reached();
    pass(4_900);
    assertThat(doubt.about("a")).isTrue();
    doubt.shaken();
    doubt.unreached();
    doubt.reached();
    pass(50_000);
    assertThat(doubt.about("a")).isTrue();
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
