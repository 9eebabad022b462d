package dev.rollcall.discovery.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Instance;
import dev.rollcall.discovery.InstanceChange.Rejected;
import dev.rollcall.discovery.Registry;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.Watched;
import org.junit.jupiter.api.Test;

/** An instance as a client of a proxy, with a secret. */
class HazelcastClientTest extends HazelcastContract {

  private static final Signature SHARED = Signature.of("correct horse", null);

  HazelcastClientTest() {
    super(SHARED);
  }

  @Override
  protected Registry upstreamSide() {
    return HazelcastRegistry.connect(vertx, members.cluster(), "hello-1", PACE);
  }

  @Test
  void valuesAreSigned() {
    Instance instance = registered("hello-1");
    String value = read("rollcall.instances", instance.id());
    assertThat(value.split("\\.")).hasSize(3);
    assertThat(SHARED.open(value)).contains("\"service\":\"hello\"");
  }

  @Test
  void unsignedValuesAreRejected() {
    Watched watched = watch(another());
    write("rollcall.instances", "raw-1", raw("raw-1", 1).encode());
    Rejected rejected = watched.awaits(Rejected.class, r -> r.id().equals("raw-1"));
    assertThat(rejected.why()).isEqualTo("not signed, and a secret is set here");
  }

  @Test
  void aJavaObjectAmongTheValuesHarmsNobody() {
    Watched watched = watch(another());
    member.<String, Object>getMap("rollcall.instances").put("raw-1", new java.util.Date());
    watched.awaits(Rejected.class, r -> r.id().equals("raw-1"));
    Instance instance = registered("hello-1");
    watched.awaitsRegistered(instance.id());
    Watched late = watch(another());
    late.awaitsRegistered(instance.id());
  }

  @Test
  void theFirstInstanceGoesByTheNameOfItsClient() {
    Instance instance = registered("hello-1");
    Await.until(
        "the member knows it",
        () ->
            member.getClientService().getConnectedClients().stream()
                .anyMatch(client -> instance.id().equals(client.getName())));
  }
}
