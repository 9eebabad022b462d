package dev.rollcall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads the access log goes away. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AccessLogReaderIT {

  private static final String GET = "GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n";

  @TempDir Path dir;

  @Test
  void theProxySaysSoAndServesOn() throws Exception {
    try (FileProxy proxy = new FileProxy(dir)) {
      proxy.start("access-log: combined\n");
      proxy.leaveUnread();
      try (Wire client = new Wire(proxy.port())) {
        assertThat(client.send(GET).status()).isEqualTo(503);
        assertThat(proxy.logged("access log"))
            .contains("the access log can't be written; its lines are dropped and counted");
        assertThat(client.send(GET).status()).isEqualTo(503);
      }
      assertThat(metrics(proxy)).contains("\nrollcall_access_log_dropped_total ");
      assertThat(metrics(proxy)).doesNotContain("\nrollcall_access_log_dropped_total 0");
    }
  }

  private static String metrics(FileProxy proxy) throws Exception {
    URI page = URI.create("http://127.0.0.1:" + proxy.admin() + "/metrics");
    try (InputStream body = page.toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
