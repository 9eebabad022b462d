package dev.rollcall.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.IdentityProof;
import dev.rollcall.discovery.ProbeTarget;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.Test;

/** Who answers must be who registered: by the id, and by the proof where there is a secret. */
class ProbeIdentityTest extends ProberCase {

  private static final ProbeTarget IDENTIFIED = new ProbeTarget.Http("/health/ready", true);

  private static void identify(HttpServerRequest request, String id, String secret) {
    String nonce = request.getHeader(IdentityProof.NONCE);
    request.response().putHeader(IdentityProof.INSTANCE, id);
    request.response().putHeader(IdentityProof.PROOF, IdentityProof.of(secret, id, nonce));
  }

  @Test
  void whoIsReadyAndProvesItselfIsGood() throws Exception {
    int port =
        serve(
            request -> {
              identify(request, "hello-1-x7", "s3cret");
              request.response().end();
            });

    ProbeResult result = ask(port, IDENTIFIED, "s3cret");

    assertThat(result.witness()).isEqualTo(Witness.ANSWERED);
    assertThat(result.detail()).matches("answered its probe in \\d+ ms");
  }

  @Test
  void theSecretOfBeforeIsBelievedDuringRotation() throws Exception {
    int port =
        serve(
            request -> {
              identify(request, "hello-1-x7", "old");
              request.response().end();
            });

    assertThat(ask(port, IDENTIFIED, "new", "old").witness()).isEqualTo(Witness.ANSWERED);
  }

  @Test
  void anotherInstanceAtTheAddressIsAnImpostor() throws Exception {
    int port =
        serve(
            request -> {
              identify(request, "hello-9-zz", "s3cret");
              request.response().end();
            });

    assertThat(ask(port, IDENTIFIED).witness()).isEqualTo(Witness.IMPOSTOR);
    assertThat(ask(port, PLAIN).witness()).isEqualTo(Witness.IMPOSTOR);
  }

  @Test
  void whoPromisedItsIdentityAndGivesNoneIsAnImpostor() throws Exception {
    int port = serve(request -> request.response().end());

    assertThat(ask(port, IDENTIFIED).witness()).isEqualTo(Witness.IMPOSTOR);
    assertThat(ask(port, PLAIN).witness()).isEqualTo(Witness.ANSWERED);
  }

  @Test
  void anIdWithoutProofIsAnImpostorWhenThereIsASecret() throws Exception {
    int port =
        serve(request -> request.response().putHeader(IdentityProof.INSTANCE, "hello-1-x7").end());

    assertThat(ask(port, IDENTIFIED, "s3cret").witness()).isEqualTo(Witness.IMPOSTOR);
    assertThat(ask(port, IDENTIFIED).witness()).isEqualTo(Witness.ANSWERED);
  }

  @Test
  void aProofForAnotherNonceIsAnImpostor() throws Exception {
    int port =
        serve(
            request ->
                request
                    .response()
                    .putHeader(IdentityProof.INSTANCE, "hello-1-x7")
                    .putHeader(
                        IdentityProof.PROOF,
                        IdentityProof.of("s3cret", "hello-1-x7", "0".repeat(32)))
                    .end());

    assertThat(ask(port, IDENTIFIED, "s3cret").witness()).isEqualTo(Witness.IMPOSTOR);
  }
}
