package dev.rollcall.proxy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.proxy.forward.client.FilteredTransport;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BriefLoopTest {

  @Test
  void endsByItself() throws Exception {
    Vertx vertx = Vertx.builder().withTransport(FilteredTransport.of(Transport.NIO)).build();
    try {
      assertThat(BriefLoop.open((VertxInternal) vertx).await(100, TimeUnit.SECONDS)).isTrue();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(100, TimeUnit.SECONDS);
    }
  }
}
