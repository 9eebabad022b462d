package dev.rollcall.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestKeyTest {

  @Test
  void pathLeavesTheQueryOut() {
    assertThat(RequestKey.path().of(Facts.target("/a/b?x=1")))
        .isEqualTo(RequestKey.path().of(Facts.target("/a/b")))
        .isNotEqualTo(RequestKey.path().of(Facts.target("/a/c?x=1")));
  }

  @Test
  void queryFindsTheFirstOfThatName() {
    RequestKey user = RequestKey.query("user");
    long bob = TextHash.of("bob");

    assertThat(user.of(Facts.target("/?user=bob"))).isEqualTo(bob);
    assertThat(user.of(Facts.target("/?superuser=eve&user=bob&user=eve"))).isEqualTo(bob);
    assertThat(user.of(Facts.target("/?x&user=bob&y"))).isEqualTo(bob);
    assertThat(user.of(Facts.target("/user=eve"))).isEqualTo(RequestKey.ABSENT);
    assertThat(user.of(Facts.target("/?user"))).isEqualTo(RequestKey.ABSENT);
    assertThat(user.of(Facts.target("/?user=&x=1"))).isEqualTo(RequestKey.ABSENT);
    assertThat(user.of(Facts.target("/?"))).isEqualTo(RequestKey.ABSENT);
  }

  @Test
  void cookieFindsItsValueAmongOthers() {
    RequestKey sid = RequestKey.cookie("sid");
    long value = TextHash.of("42");

    assertThat(sid.of(Facts.header("cookie", "sid=42"))).isEqualTo(value);
    assertThat(sid.of(Facts.header("cookie", "xsid=1; sid=42 ; y=2"))).isEqualTo(value);
    assertThat(sid.of(Facts.header("cookie", "a=sid=7;sid=42"))).isEqualTo(value);
    assertThat(sid.of(Facts.header("cookie", "sid"))).isEqualTo(RequestKey.ABSENT);
    assertThat(sid.of(RequestFacts.NONE)).isEqualTo(RequestKey.ABSENT);
  }

  @Test
  void headerThatIsEmptyIsAbsent() {
    assertThat(RequestKey.header("x-user").of(Facts.header("x-user", "")))
        .isEqualTo(RequestKey.ABSENT);
    assertThat(RequestKey.header("X-User").of(Facts.header("x-user", "bob")))
        .isEqualTo(TextHash.of("bob"));
  }

  @Test
  void hashesStayWhatTheyWere() {
    assertThat(TextHash.of("rollcall")).isEqualTo(5079969735469684278L);
  }
}
