package dev.rollcall.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.FixedRoll;
import dev.rollcall.proxy.roll.Unheard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a body that no upstream will get. */
class EngineTest {

  private final Vertx vertx = Vertx.vertx();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final TrafficLoop loop =
      new TrafficLoop(
          0,
          vertx,
          channel.eventLoop(),
          ForwardContext.of(
              new FixedRoll(Protocol.HTTP, new Endpoint("127.0.0.1", 1)),
              new Unheard(),
              service -> {
                throw new IllegalStateException("a fault of ours");
              },
              ForwardOptions.DEFAULT,
              1));
  private final Engine engine = new Engine(loop, new OwnAnswers(loop));
  private final ByteBuf part = Unpooled.copiedBuffer(new byte[8 * 1024]);

  /** Its length isn't known, so it waits for what comes with its header. */
  private final Upload upload = new Upload(HttpVersion.HTTP_2);

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void isDroppedAfterAFaultOfOurs() {
    engine.serve(upload);
    upload.come(part);
    channel.runPendingTasks();
    assertThat(upload.response().getStatusCode()).isEqualTo(500);
    assertThat(part.refCnt()).isZero();
    assertThat(upload.isPaused()).isFalse();
  }

  @Test
  void isDroppedWhenTheClientHasGone() {
    engine.serve(upload);
    upload.come(part);
    upload.response().clientGone();
    channel.runPendingTasks();
    assertThat(part.refCnt()).isZero();
  }
}
