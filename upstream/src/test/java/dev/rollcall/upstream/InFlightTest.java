package dev.rollcall.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private final InFlight inFlight = new InFlight();

  @Test
  void isEmptyAtOnceWhenNothingIsOpen() {
    assertThat(inFlight.whenEmpty().succeeded()).isTrue();
  }

  @Test
  void countsEachFlightOnceHoweverOftenItLands() {
    InFlight.Flight first = inFlight.open(() -> {});
    InFlight.Flight second = inFlight.open(() -> {});
    first.land();
    first.land();

    assertThat(inFlight.count()).isEqualTo(1);
    second.land();
    assertThat(inFlight.count()).isZero();
  }

  @Test
  void tellsAllWhoWaitWhenTheLastHasLanded() {
    InFlight.Flight first = inFlight.open(() -> {});
    InFlight.Flight second = inFlight.open(() -> {});
    Future<Void> one = inFlight.whenEmpty();
    Future<Void> other = inFlight.whenEmpty();

    first.land();
    assertThat(one.isComplete()).isFalse();
    second.land();
    assertThat(one.succeeded()).isTrue();
    assertThat(other.succeeded()).isTrue();
  }

  @Test
  void waitsAnewForWhatCameAfterwards() {
    inFlight.open(() -> {}).land();
    InFlight.Flight next = inFlight.open(() -> {});
    Future<Void> empty = inFlight.whenEmpty();

    assertThat(empty.isComplete()).isFalse();
    next.land();
    assertThat(empty.succeeded()).isTrue();
  }

  @Test
  void cutsWhatIsOpenAlsoWhenThatLandsAtOnce() {
    List<InFlight.Flight> flights = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int mine = i;
      flights.add(inFlight.open(() -> flights.get(mine).land()));
    }

    assertThat(inFlight.cutAll()).isEqualTo(3);
    assertThat(inFlight.count()).isZero();
    assertThat(inFlight.cutAll()).isZero();
  }
}
