package dev.rollcall.proxy.health;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.NoPlace;
import dev.rollcall.proxy.roll.Upstream;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Asks over the network, with connections of its own, never one of the traffic's. Runs on the
 * control plane's context.
 *
 * <p>At most {@link #AT_ONCE} at a time, the others in turn; the time-out runs from the turn.
 *
 * <p>A registration is text that somebody else wrote: an address that leads to where only this
 * machine may ask (link-local, which is where clouds keep their metadata service) is refused
 * unasked. Names are looked up here, and what was checked is what is connected to.
 */
final class NetProber implements Prober {

  private static final int AT_ONCE = 64;

  private final Vertx vertx;
  private final HttpQuestion http1;
  private final HttpQuestion http2;
  private final TcpQuestion tcp;
  private final Queue<Runnable> turn = new ArrayDeque<>();
  private int underway;
  private boolean beginning;

  /**
   * @param secrets that instances may prove themselves by, the present one first; empty: none is
   *     asked for
   */
  NetProber(Vertx vertx, List<String> secrets) {
    this.vertx = vertx;
    this.http1 = new HttpQuestion(vertx, HttpVersion.HTTP_1_1, secrets);
    this.http2 = new HttpQuestion(vertx, HttpVersion.HTTP_2, secrets);
    this.tcp = new TcpQuestion(vertx);
  }

  @Override
  public Future<ProbeResult> ask(Upstream upstream, Duration timeout) {
    Promise<ProbeResult> promise = Promise.promise();
    turn.add(() -> go(upstream, timeout).onComplete(promise));
    next();
    return promise.future();
  }

  /** Whoever is done at once comes back here, and must not go deeper for each that waits. */
  private void next() {
    if (beginning) {
      return;
    }
    beginning = true;
    try {
      while (underway < AT_ONCE && !turn.isEmpty()) {
        underway++;
        turn.remove().run();
      }
    } finally {
      beginning = false;
    }
  }

  private Future<ProbeResult> go(Upstream upstream, Duration timeout) {
    Promise<ProbeResult> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            timeout.toMillis(),
            late ->
                answer.tryComplete(
                    new ProbeResult(
                        Witness.UNANSWERED,
                        "probe timed out after " + timeout.toMillis() + " ms")));
    resolve(upstream.endpoint())
        .compose(address -> question(upstream, address, timeout))
        .recover(failure -> Future.succeededFuture(ProbeFailure.of(failure)))
        .onSuccess(answer::tryComplete);
    return answer
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              underway--;
              next();
            });
  }

  private Future<ProbeResult> question(Upstream upstream, InetAddress address, Duration timeout) {
    if (NoPlace.is(address)) {
      return Future.succeededFuture(
          new ProbeResult(
              Witness.REFUSED,
              "never called: " + address.getHostAddress() + " is no place to call"));
    }
    ProbeTarget target = upstream.instance().probe();
    if (target instanceof ProbeTarget.Http question) {
      HttpQuestion http = upstream.instance().protocol() == Protocol.H2C ? http2 : http1;
      return http.ask(upstream, question, address, timeout);
    }
    return tcp.ask(address, upstream.endpoint().port(), timeout);
  }

  private Future<InetAddress> resolve(Endpoint endpoint) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(endpoint.host());
    if (literal == null) {
      return vertx.executeBlocking(() -> InetAddress.getByName(endpoint.host()), false);
    }
    try {
      return Future.succeededFuture(InetAddress.getByAddress(literal));
    } catch (UnknownHostException impossible) {
      return Future.failedFuture(impossible);
    }
  }
}
