package dev.rollcall.proxy.forward.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void tellsTheClientWhatIsWrong(Refusal refusal) {
    JsonObject problem =
        new JsonObject(
            Problem.json(refusal.status(), refusal.title(), refusal.detail(), "0123456789abcdef"));

    assertThat(problem.getInteger("status")).isEqualTo(refusal.status());
    assertThat(problem.getString("title")).isEqualTo(refusal.title());
    assertThat(problem.getString("detail")).isNotEmpty().isEqualTo(refusal.detail());
    assertThat(problem.getString("requestId")).isEqualTo("0123456789abcdef");
  }

  /** It stands in JSON and in a page as it is, and its length is counted in characters. */
  @ParameterizedTest
  @EnumSource(Refusal.class)
  void needsNoEscaping(Refusal refusal) {
    assertThat(refusal.detail()).matches("[A-Za-z0-9 ,;:./'-]+");
  }
}
