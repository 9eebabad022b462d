package dev.rollcall.proxy.balance;

import static dev.rollcall.proxy.roll.TestUpstreams.candidates;
import static dev.rollcall.proxy.roll.TestUpstreams.upstreams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.roll.Candidates;
import dev.rollcall.proxy.roll.TestUpstreams;
import dev.rollcall.proxy.roll.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StickyTest {

  private final Random random = new Random(42);
  private final List<Upstream> upstreams = upstreams(4);
  private final Candidates four = candidates(upstreams);
  private final Sticky policy = sticky(StickyKey.of("secret"));

  @Test
  void bringsAClientBackToWhoServedItFirst() {
    for (int client = 0; client < 8; client++) {
      Upstream home = Picks.one(policy, four);
      Facts again = returning(policy, home);
      for (int i = 0; i < 5; i++) {
        assertThat(Picks.one(policy, four, again)).isSameAs(home);
      }
    }
  }

  @Test
  void takesTurnsWithNewClients() {
    assertThat(Picks.many(policy, four, 4)).containsExactlyInAnyOrderElementsOf(upstreams);
  }

  @Test
  void setsTheCookieOnceOnly() {
    Upstream home = Picks.one(policy, four);

    assertThat(policy.setCookie(RequestFacts.NONE, home))
        .matches("rollcall-[0-9a-f]{1,16}=[A-Za-z0-9_-]{22}; Path=/; HttpOnly; SameSite=Lax");
    assertThat(policy.setCookie(returning(policy, home), home)).isNull();
  }

  @Test
  void marksTheCookieSecureOverTls() {
    assertThat(policy.setCookie(new Facts("", "/", Map.of(), true), upstreams.get(0)))
        .endsWith("; Secure");
  }

  @Test
  void choosesANewOneWhenTheOldIsGoneAndSaysSoOnce() {
    Upstream gone = upstreams.get(0);
    Facts client = returning(policy, gone);
    Candidates three = candidates(upstreams.subList(1, 4));

    Upstream next = Picks.one(policy, three, client);
    assertThat(next).isNotSameAs(gone);
    assertThat(policy.setCookie(client, next)).isNotNull();
    Facts moved = returning(policy, next);
    assertThat(Picks.one(policy, three, moved)).isSameAs(next);
    assertThat(policy.setCookie(moved, next)).isNull();
  }

  @Test
  void choosesAnotherWhenItsOwnWasTried() {
    Upstream home = upstreams.get(2);

    assertThat(policy.select(four, returning(policy, home), Set.of(home)))
        .isNotNull()
        .isNotSameAs(home);
  }

  @Test
  void takesAForgedCookieForNone() {
    String genuine = cookie(policy, upstreams.get(0));
    String forged = genuine.substring(0, genuine.length() - 3) + "AAA";
    List<Upstream> picked =
        IntStream.range(0, 4)
            .mapToObj(i -> Picks.one(policy, four, Facts.header("cookie", forged)))
            .toList();

    assertThat(picked).containsExactlyInAnyOrderElementsOf(upstreams);
  }

  @Test
  void tellsNothingOfTheInstance() {
    Upstream upstream = TestUpstreams.upstream("hello-2-77", "hello-2");
    String cookie = Objects.requireNonNull(policy.setCookie(RequestFacts.NONE, upstream));

    assertThat(cookie).doesNotContain("hello").doesNotContain("8080");
  }

  @Test
  void allProxiesWithTheSecretAgree() {
    assertThat(cookies(sticky(StickyKey.of("secret")))).isEqualTo(cookies(policy));
    assertThat(cookies(sticky(StickyKey.of("other")))).doesNotContainAnyElementsOf(cookies(policy));
  }

  @Test
  void allProxiesAgreeWithoutASecretAboutInstancesWithARandomEpoch() {
    assertThat(cookies(sticky(StickyKey.of(null)))).isEqualTo(cookies(sticky(StickyKey.of(null))));
  }

  @Test
  void servicesHaveCookiesOfTheirOwn() {
    Sticky other = new Sticky("other", StickyKey.of("secret"), () -> random);

    assertThat(cookie(other, upstreams.get(0)).split("=")[0])
        .isNotEqualTo(cookie(policy, upstreams.get(0)).split("=")[0]);
  }

  @Test
  void neverTakesATriedOne() {
    Picks.assertNeverTried(policy, upstreams);
  }

  private Sticky sticky(StickyKey key) {
    return new Sticky("hello", key, () -> random);
  }

  private List<String> cookies(Sticky sticky) {
    return upstreams.stream().map(u -> cookie(sticky, u)).collect(Collectors.toList());
  }

  private static Facts returning(Sticky sticky, Upstream home) {
    return Facts.header("cookie", "theme=dark; " + cookie(sticky, home));
  }

  private static String cookie(Sticky sticky, Upstream upstream) {
    String set = Objects.requireNonNull(sticky.setCookie(RequestFacts.NONE, upstream));
    return set.substring(0, set.indexOf(';'));
  }
}
