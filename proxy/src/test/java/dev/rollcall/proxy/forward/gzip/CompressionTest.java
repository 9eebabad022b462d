package dev.rollcall.proxy.forward.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.settings.Elsewhere;
import dev.rollcall.discovery.settings.Program;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompressionTest {

  private static final Program<Compression> PROGRAM =
      new Program<>("compression", "0", "", Compression::read, Elsewhere.NOTHING);

  @Test
  void isOffUnlessAskedFor() {
    assertThat(read(Map.of()).isOn()).isFalse();
    assertThat(read(Map.of("ROLLCALL_COMPRESSION", "gzip")).isOn()).isTrue();
  }

  @Test
  void takesTextAndWhatIsTextInTruth() {
    Compression usual = read(Map.of());

    assertThat(
            List.of(
                "text/html; charset=utf-8",
                "TEXT/plain",
                "text/event-stream",
                "application/json",
                "application/problem+json",
                "application/atom+xml",
                "image/svg+xml"))
        .allMatch(usual::takes);
    assertThat(
            List.of(
                "image/png",
                "application/octet-stream",
                "application/grpc",
                "application/zip",
                "video/mp4",
                "text",
                "application/+xm"))
        .noneMatch(usual::takes);
    assertThat(usual.takes(null)).isFalse();
  }

  @Test
  void takesWhatItIsTold() {
    Compression own = read(Map.of("ROLLCALL_COMPRESSION_TYPES", "application/wasm,font/*"));

    assertThat(own.takes("application/wasm")).isTrue();
    assertThat(own.takes("font/ttf")).isTrue();
    assertThat(own.takes("text/html")).isFalse();
    assertThat(PROGRAM.read(null, Map.of("ROLLCALL_COMPRESSION_TYPES", "html")).faults().toString())
        .contains("a media type such as text/*");
  }

  @Test
  void goesByTheWeightsThatTheClientSent() {
    assertThat(CompressedHead.isTaken(List.of("gzip"))).isTrue();
    assertThat(CompressedHead.isTaken(List.of("br, GZIP;q=0.5"))).isTrue();
    assertThat(CompressedHead.isTaken(List.of("br", "x-gzip"))).isTrue();
    assertThat(CompressedHead.isTaken(List.of("*"))).isTrue();
    assertThat(CompressedHead.isTaken(List.of("*;q=0.1, identity;q=0"))).isTrue();
    assertThat(CompressedHead.isTaken(List.of("gzip;q=0, *"))).isFalse();
    assertThat(CompressedHead.isTaken(List.of("gzip; q=0.000"))).isFalse();
    assertThat(CompressedHead.isTaken(List.of("gzip;q=0.5, identity"))).isFalse();
    assertThat(CompressedHead.isTaken(List.of("gzip;q=yes"))).isFalse();
    assertThat(CompressedHead.isTaken(List.of("br"))).isFalse();
    assertThat(CompressedHead.isTaken(List.of(""))).isFalse();
    assertThat(CompressedHead.isTaken(List.of())).isFalse();
  }

  private static Compression read(Map<String, String> environment) {
    return PROGRAM.read(null, environment).options();
  }
}
