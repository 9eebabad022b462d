package dev.rollcall.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Test
  void eachOwnsAsManySlotsAsItWeighs() {
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      int[] weights = new int[1 + random.nextInt(40)];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(round % 5 == 0 ? 2000 : 4);
      }
      Shares shares = new Shares(weights);
      int slot = 0;
      for (int i = 0; i < weights.length; i++) {
        assertThat(shares.weight(i)).isEqualTo(weights[i]);
        for (int n = 0; n < weights[i]; n++) {
          assertThat(shares.owner(slot++)).isEqualTo(i);
        }
      }
      assertThat(shares.total()).isEqualTo(slot);
    }
  }

  @Test
  void nobodyOwnsNothing() {
    assertThat(new Shares(new int[0]).total()).isZero();
    assertThat(new Shares(new int[3]).total()).isZero();
  }

  @Test
  void weighsAsMuchAsAnIntHolds() {
    Shares shares = new Shares(new int[] {1, Integer.MAX_VALUE - 2, 1});

    assertThat(shares.owner(0)).isZero();
    assertThat(shares.owner(1)).isEqualTo(1);
    assertThat(shares.owner(Integer.MAX_VALUE - 1)).isEqualTo(2);
    assertThatThrownBy(() -> new Shares(new int[] {1, Integer.MAX_VALUE}))
        .isInstanceOf(ArithmeticException.class);
  }
}
