package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.proxy.roll.Upstream;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StickyOwnersTest {

  private static final String VALUE = "AbCdEfGhIjKlMnOpQrSt-A";

  private final Random random = new Random(42);

  @Test
  void findsEachOwnerWhereverItsValueStands() {
    List<Upstream> many = upstreams(1000);
    Map<Upstream, String> values = new IdentityHashMap<>();
    many.forEach(upstream -> values.put(upstream, value(new byte[16])));
    StickyOwners owners = StickyOwners.of(values);

    for (Upstream upstream : many) {
      String value = values.get(upstream);
      assertThat(owners.owner(value, 0, 22)).isSameAs(upstream);
      assertThat(owners.owner("a=" + value + "; b", 2, 24)).isSameAs(upstream);
    }
  }

  @Test
  void findsNobodyByAnotherValue() {
    List<Upstream> many = upstreams(1000);
    Map<Upstream, String> values = new IdentityHashMap<>();
    many.forEach(upstream -> values.put(upstream, value(new byte[16])));
    StickyOwners owners = StickyOwners.of(values);

    for (int i = 0; i < 10_000; i++) {
      assertThat(owners.owner(value(new byte[16]), 0, 22)).isNull();
    }
    assertThat(StickyOwners.of(Map.of()).owner(VALUE, 0, 22)).isNull();
  }

  @Test
  void comparesEachOfTheBits() {
    byte[] bytes = new byte[16];
    Upstream upstream = upstreams(1).get(0);
    StickyOwners owners = StickyOwners.of(Map.of(upstream, value(bytes)));

    for (int bit = 0; bit < 128; bit++) {
      byte[] other = bytes.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(owners.owner(text(other), 0, 22)).as("bit %s", bit).isNull();
    }
    assertThat(owners.owner(text(bytes), 0, 22)).isSameAs(upstream);
  }

  @Test
  void evenZeroIsAValue() {
    Upstream upstream = upstreams(1).get(0);
    String zero = text(new byte[16]);

    assertThat(StickyOwners.of(Map.of()).owner(zero, 0, 22)).isNull();
    assertThat(StickyOwners.of(Map.of(upstream, zero)).owner(zero, 0, 22)).isSameAs(upstream);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "AbCdEfGhIjKlMnOpQrSt-",
        "AbCdEfGhIjKlMnOpQrSt-AA",
        "AbCdEfGhIjKlMnOpQrSt-B",
        "AbCdEfGhIjKlMnOpQrSt+A",
        "AbCdEfGhIjKlMnOpQrSt=A",
        "AbCdEfGhIjKlMnOpQrStéA",
        "AbCdEfGhIjKlMnOpQrSt\uff21A",
        "\u0000bCdEfGhIjKlMnOpQrSt-A"
      })
  void takesOnlyTheOneTextOfAValue(String text) {
    Upstream upstream = upstreams(1).get(0);

    assertThat(StickyOwners.of(Map.of(upstream, VALUE)).owner(VALUE, 0, 22)).isSameAs(upstream);
    assertThat(StickyOwners.of(Map.of(upstream, VALUE)).owner(text, 0, text.length())).isNull();
    assertThatThrownBy(() -> StickyOwners.of(Map.of(upstream, text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 128 bits");
  }

  private String value(byte[] bytes) {
    random.nextBytes(bytes);
    return text(bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
