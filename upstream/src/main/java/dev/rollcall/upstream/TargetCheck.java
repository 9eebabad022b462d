package dev.rollcall.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks a target whether it is well: the path, when there is one, must answer 2xx in time; else a
 * TCP connection must come about in time. Each check has a connection of its own, so that it also
 * sees whether new ones are still accepted.
 */
final class TargetCheck implements Supplier<Future<Void>> {

  private final Supplier<Future<Void>> check;

  TargetCheck(Vertx vertx, TargetOptions options) {
    this.check = options.path() == null ? connection(vertx, options) : path(vertx, options);
  }

  /** Completes when it is well; fails with the reason when not. */
  @Override
  public Future<Void> get() {
    return check.get();
  }

  private static Supplier<Future<Void>> connection(Vertx vertx, TargetOptions options) {
    var client =
        vertx.createNetClient(
            new NetClientOptions().setConnectTimeout((int) options.timeout().toMillis()));
    return () ->
        client
            .connect(options.endpoint().port(), options.endpoint().host())
            .compose(NetSocket::close);
  }

  private static Supplier<Future<Void>> path(Vertx vertx, TargetOptions options) {
    int timeout = (int) options.timeout().toMillis();
    var client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(false).setConnectTimeout(timeout));
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(options.endpoint().host())
            .setPort(options.endpoint().port())
            .setURI(options.path());
    return () ->
        client
            .request(request)
            .compose(sent -> answer(sent, timeout))
            .timeout(timeout, TimeUnit.MILLISECONDS)
            .recover(failed -> Future.failedFuture(inWords(failed, timeout)));
  }

  /** A request that isn't answered in time is taken back, lest its connection stay for ever. */
  private static Future<Void> answer(HttpClientRequest sent, int timeout) {
    return sent.send()
        .compose(TargetCheck::judge)
        .timeout(timeout, TimeUnit.MILLISECONDS)
        .onFailure(failed -> sent.reset());
  }

  private static Future<Void> judge(HttpClientResponse answer) {
    answer.exceptionHandler(cutOff -> {}); // the future of the end fails too
    int status = answer.statusCode();
    return status >= 200 && status < 300
        ? answer.end()
        : Future.failedFuture("answered " + status + " (expected: 2xx)");
  }

  private static Throwable inWords(Throwable failed, int timeout) {
    return failed instanceof TimeoutException
        ? new VertxException("no answer in " + timeout + " ms", true)
        : failed;
  }
}
