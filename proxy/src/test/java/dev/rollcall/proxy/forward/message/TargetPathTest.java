package dev.rollcall.proxy.forward.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPathTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a/b, /a/b",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/b/.., /a/",
    "/a/., /a/",
    "/%61/b, /a/b",
    "/a/%2e%2E/b, /b",
    "/a%2fb, /a/b",
    "/a%5c..%5cb, /b",
    "//a///b, /a/b",
    "/a/b/, /a/b/",
    "/a%zz, /a%zz",
    "/a%20b, /a%20b"
  })
  void normalises(String path, String expected) {
    assertThat(TargetPath.normalized(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/..", "/../a", "/a/../../b", "/%2e%2e/a"})
  void climbingAboveTheRootIsNoPath(String path) {
    assertThat(TargetPath.normalized(path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/b.c", "/a_b-c~d/e"})
  void plainPathsAreTheirOwnNormalForm(String path) {
    assertThat(TargetPath.isPlain(path)).isTrue();
    assertThat(TargetPath.normalized(path)).isEqualTo(path);
  }

  @Test
  void theQueryIsNoPartOfThePath() {
    assertThat(TargetPath.raw("/a/b?c=../d")).isEqualTo("/a/b");
  }
}
