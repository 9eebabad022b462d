package dev.rollcall.proxy.rehearsal;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.ServicePolicies;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.ForwardOptions;
import dev.rollcall.proxy.forward.Forwarder;
import dev.rollcall.proxy.forward.client.Listener;
import dev.rollcall.proxy.roll.Availability;
import dev.rollcall.proxy.roll.Roll;
import dev.rollcall.proxy.roll.RollOptions;
import dev.rollcall.proxy.roll.TrafficFault;
import dev.rollcall.proxy.roll.TrafficWitness;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a rehearsal is played: the real engine between a scripted upstream and scripted clients,
 * over the real transport, with counters and connections of its own. All of it on one event loop.
 */
final class Stage {

  private static final int INSTANCES = 2;

  /** Nobody has to be judged. */
  private static final TrafficWitness NOBODY =
      new TrafficWitness() {
        @Override
        public void answered(Upstream upstream, int status, long nanos) {}

        @Override
        public void failed(Upstream upstream, TrafficFault fault, String detail) {}

        @Override
        public void waiting(Upstream upstream, int loop, long oldestNanos) {}
      };

  private final VertxInternal vertx;
  private final EventLoop loop;
  private final int port;

  private Stage(VertxInternal vertx, EventLoop loop, int port) {
    this.vertx = vertx;
    this.loop = loop;
    this.port = port;
  }

  /** Opens upstream and engine; called on a context of {@code vertx}. */
  static Future<Stage> open(Vertx vertx) {
    VertxInternal internal = (VertxInternal) vertx;
    EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
    Map<Integer, byte[]> answers = ScriptedUpstream.answers();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channelFactory(internal.transport().serverChannelFactory(false))
            .childHandler(of(() -> new ScriptedUpstream(answers)))
            .bind(InetAddress.getLoopbackAddress(), 0);
    return completed(bound)
        .compose(
            upstream -> {
              Forwarder engine = new Forwarder(0, vertx, context(port(upstream)));
              engine.start();
              return engine.listen(Listener.plain("127.0.0.1", 0, false));
            })
        .map(port -> new Stage(internal, loop, port));
  }

  EventLoop loop() {
    return loop;
  }

  /** A client comes in; fails when the stage is closed. */
  Future<Channel> enter(Supplier<ScriptedClient> client) {
    return completed(
        new Bootstrap()
            .group(loop)
            .channelFactory(vertx.transport().channelFactory(false))
            .handler(of(client))
            .connect(InetAddress.getLoopbackAddress(), port));
  }

  private static ChannelHandler of(Supplier<? extends ChannelHandler> handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(handler.get());
      }
    };
  }

  private static ForwardContext context(int upstream) {
    Roll roll = new Roll(RollOptions.DEFAULT, Clock.systemUTC());
    for (int i = 1; i <= INSTANCES; i++) {
      Upstream one = roll.enrol(instance("rehearsal-" + i, upstream));
      roll.stand(one, Availability.UP, false, "rehearsal");
    }
    return ForwardContext.of(
        roll,
        NOBODY,
        new ServicePolicies(new Policies(StickyKey.of(null)), "round-robin", Map.of()),
        ForwardOptions.DEFAULT,
        1);
  }

  private static Instance instance(String name, int port) {
    return Instance.named(
        name,
        "0",
        "rehearsal",
        name,
        new Endpoint("127.0.0.1", port),
        Protocol.HTTP,
        new ProbeTarget.None());
  }

  private static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private static Future<Channel> completed(ChannelFuture attempt) {
    Promise<Channel> promise = Promise.promise();
    attempt.addListener(
        done -> {
          if (done.isSuccess()) {
            promise.complete(attempt.channel());
          } else {
            promise.fail(done.cause());
          }
        });
    return promise.future();
  }
}
