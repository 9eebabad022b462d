package dev.rollcall.proxy.health;

import dev.rollcall.discovery.IdentityProof;
import dev.rollcall.discovery.ProbeTarget;
import dev.rollcall.discovery.Protocol;
import dev.rollcall.proxy.roll.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.Address;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Are you ready, and are you who you should be? A GET of the readiness path on a connection of its
 * own, with a nonce; see {@link IdentityProof} for the answer.
 *
 * <p>Who promised an identity must give it: its id, and the proof when there is a secret. Who
 * promised none and names itself nevertheless must name itself rightly.
 */
final class HttpQuestion {

  /** To one place of HTTP/2; a second one makes up for a packet that the first has lost. */
  private static final int MOST_OPENING = 2;

  /** Then a connection counts no more: its machine may have died in silence, and be back. */
  private static final long GIVEN_UP_MILLIS = 30_000;

  private final Vertx vertx;
  private final boolean http2;
  private final HttpClientAgent client;
  private final List<String> secrets;
  private final SecureRandom random = new SecureRandom();
  private final Map<Address, Integer> opening = new HashMap<>();

  HttpQuestion(Vertx vertx, HttpVersion version, List<String> secrets) {
    this.vertx = vertx;
    this.http2 = version == HttpVersion.HTTP_2;
    this.secrets = List.copyOf(secrets);
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(version)
                .setVerifyHost(true)
                .setHttp2ClearTextUpgrade(false)
                .setMaxHeaderSize(16 * 1024)
                .setDecompressionSupported(false));
  }

  Future<ProbeResult> ask(
      Upstream upstream, ProbeTarget.Http target, InetAddress address, Duration timeout) {
    long start = System.nanoTime();
    String nonce = nonce();
    HttpConnectOptions place =
        new HttpConnectOptions()
            .setServer(
                SocketAddress.inetSocketAddress(
                    new InetSocketAddress(address, upstream.endpoint().port())))
            .setHost(upstream.endpoint().host())
            .setPort(upstream.endpoint().port())
            .setSsl(upstream.instance().protocol() == Protocol.HTTPS)
            .setConnectTimeout(timeout.toMillis());
    return connect(place)
        .compose(
            connection ->
                within(timeout, connection, send(connection, upstream, target, nonce))
                    .map(response -> judge(response, upstream, target, nonce, start))
                    .eventually(connection::close));
  }

  /**
   * A connection of HTTP/2 stands when the other side has spoken, and nobody can close it before:
   * who says nothing isn't called again and again meanwhile. The asker's own time runs out.
   */
  private Future<HttpClientConnection> connect(HttpConnectOptions place) {
    if (!http2) {
      return client.connect(place);
    }
    Address where = place.getServer();
    if (opening.getOrDefault(where, 0) >= MOST_OPENING) {
      return Promise.<HttpClientConnection>promise().future();
    }
    opening.merge(where, 1, Integer::sum);
    long givenUp = vertx.setTimer(GIVEN_UP_MILLIS, silent -> ended(where));
    return client
        .connect(place)
        .onComplete(
            made -> {
              if (vertx.cancelTimer(givenUp)) {
                ended(where);
              }
            });
  }

  private void ended(Address where) {
    opening.computeIfPresent(where, (w, n) -> n == 1 ? null : n - 1);
  }

  /** Whoever never answers must not keep the connection. */
  private <T> Future<T> within(Duration timeout, HttpClientConnection connection, Future<T> work) {
    long timer = vertx.setTimer(timeout.toMillis(), late -> connection.close());
    return work.onComplete(done -> vertx.cancelTimer(timer));
  }

  private static Future<HttpClientResponse> send(
      HttpClientConnection connection, Upstream upstream, ProbeTarget.Http target, String nonce) {
    RequestOptions question =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setURI(target.path())
            .putHeader(IdentityProof.NONCE, nonce)
            .putHeader("User-Agent", "rollcall-probe");
    return connection
        .request(question)
        .compose(
            request ->
                request
                    .authority(
                        HostAndPort.create(upstream.endpoint().host(), upstream.endpoint().port()))
                    .send());
  }

  private ProbeResult judge(
      HttpClientResponse response,
      Upstream upstream,
      ProbeTarget.Http target,
      String nonce,
      long start) {
    String who = response.getHeader(IdentityProof.INSTANCE);
    if (who == null && target.identity()) {
      return new ProbeResult(Witness.IMPOSTOR, "somebody else answers at its address");
    }
    if (who != null && !who.equals(upstream.id())) {
      return new ProbeResult(Witness.IMPOSTOR, "another instance answers at its address");
    }
    String proof = response.getHeader(IdentityProof.PROOF);
    if (target.identity() && !secrets.isEmpty() && !holds(proof, upstream.id(), nonce)) {
      return new ProbeResult(
          Witness.IMPOSTOR, "who answers at its address can't prove its identity");
    }
    int status = response.statusCode();
    boolean ready = status >= 200 && status < (target.identity() ? 300 : 400);
    return ready
        ? new ProbeResult(
            Witness.ANSWERED, "answered its probe in " + People.millis(System.nanoTime() - start))
        : new ProbeResult(Witness.UNREADY, "probe answered " + status);
  }

  private boolean holds(@Nullable String proof, String id, String nonce) {
    return proof != null
        && secrets.stream().anyMatch(secret -> IdentityProof.holds(proof, secret, id, nonce));
  }

  private String nonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
