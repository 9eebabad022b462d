package dev.rollcall.proxy.forward.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.message.Refusal;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeCheckTest {

  private final EdgeCheck edge = new EdgeCheck(() -> Limits.DEFAULT);

  @Test
  void aPlainRequestPasses() {
    assertThat(edge.check(get("/a/b?c=d", "example.org"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+3", "-3", "3, 3", "0x3", "", "3 ", "99999999999999999999"})
  void refusesWhatIsNoLength(String length) {
    HttpRequest request = get("/", "a");
    request.headers().add(HttpHeaderNames.CONTENT_LENGTH, length);
    assertThat(edge.check(request)).isEqualTo(Refusal.CONTENT_LENGTH);
  }

  @Test
  void refusesTwoLengthsEvenIfTheyAgree() {
    HttpRequest request = get("/", "a");
    request
        .headers()
        .add(HttpHeaderNames.CONTENT_LENGTH, "3")
        .add(HttpHeaderNames.CONTENT_LENGTH, "3");
    assertThat(edge.check(request)).isEqualTo(Refusal.CONTENT_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "gzip, chunked",
        "chunked, chunked",
        "identity",
        "xchunked",
        "chunked;q=1",
        ""
      })
  void refusesEveryCodingButChunked(String coding) {
    HttpRequest request = get("/", "a");
    request.headers().add(HttpHeaderNames.TRANSFER_ENCODING, coding);
    assertThat(edge.check(request)).isEqualTo(Refusal.TRANSFER_ENCODING);
  }

  @Test
  void refusesLengthAndCodingTogether() {
    HttpRequest request = get("/", "a");
    request
        .headers()
        .add(HttpHeaderNames.CONTENT_LENGTH, "3")
        .add(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    assertThat(edge.check(request)).isEqualTo(Refusal.TRANSFER_ENCODING);
  }

  @Test
  void refusesChunkedOnHttp10() {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.POST, "/");
    request.headers().add(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    assertThat(edge.check(request)).isEqualTo(Refusal.TRANSFER_ENCODING);
  }

  @Test
  void http11NeedsExactlyOneHost() {
    assertThat(edge.check(get("/", null))).isEqualTo(Refusal.HOST);
    HttpRequest two = get("/", "a");
    two.headers().add(HttpHeaderNames.HOST, "a");
    assertThat(edge.check(two)).isEqualTo(Refusal.HOST);
  }

  @Test
  void http10MayComeWithoutHost() {
    assertThat(edge.check(new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/")))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/a?b, /a?b, example.org",
    "http://example.org:81, /, example.org:81",
    "HTTPS://example.org?q, /?q, example.org"
  })
  void absoluteFormBecomesOriginFormWithItsAuthority(String target, String origin, String host) {
    HttpRequest request = get(target, "other.example");
    assertThat(edge.check(request)).isNull();
    assertThat(request.uri()).isEqualTo(origin);
    assertThat(request.headers().getAll(HttpHeaderNames.HOST)).containsExactly(host);
  }

  @ParameterizedTest
  @CsvSource({
    "http://user@example.org/, HOST",
    "http:///a, HOST",
    "ftp://example.org/, TARGET",
    "a/b, TARGET",
    "/a#b, TARGET",
    "*, TARGET"
  })
  void refusesOtherTargets(String target, Refusal expected) {
    assertThat(edge.check(get(target, "a"))).isEqualTo(expected);
  }

  @Test
  void connectTraceAndOptionsOfEverythingAreNotForUs() {
    for (HttpMethod method : new HttpMethod[] {HttpMethod.CONNECT, HttpMethod.TRACE}) {
      HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, "a:80");
      request.headers().add(HttpHeaderNames.HOST, "a:80");
      assertThat(edge.check(request)).isEqualTo(Refusal.METHOD);
    }
    HttpRequest everything = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.OPTIONS, "*");
    everything.headers().add(HttpHeaderNames.HOST, "a");
    assertThat(edge.check(everything)).isEqualTo(Refusal.METHOD);
  }

  @Test
  void countsHeaderFields() {
    HttpRequest request = get("/", "a");
    for (int i = 0; i < 100; i++) {
      request.headers().add("x" + i, "y");
    }
    assertThat(edge.check(request)).isEqualTo(Refusal.HEADER_SIZE);
  }

  private static HttpRequest get(String target, @Nullable String host) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
    if (host != null) {
      request.headers().add(HttpHeaderNames.HOST, host);
    }
    return request;
  }
}
