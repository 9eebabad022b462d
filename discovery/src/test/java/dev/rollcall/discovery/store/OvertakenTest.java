package dev.rollcall.discovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.InstanceState;
import dev.rollcall.discovery.Load;
import dev.rollcall.discovery.Registrar;
import dev.rollcall.discovery.Registrar.Outcome;
import dev.rollcall.discovery.Registration;
import dev.rollcall.discovery.Watched;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One proxy's word for an instance is on its way while another speaks for the same one. */
class OvertakenTest extends StoreCase {

  private static final String ID = Registrar.id("web", "one");
  private static final String KEY = "a key that nobody guesses";
  private static final Load LOAD = new Load(0, -1);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HoldingStore holding = new HoldingStore(memory.store());
  private final StoredRegistry other = over(holding);
  private final Watched watched = new Watched();
  private final Registrar quick = memory.registrar(10);
  private final Registrar slow = other.registrar(10);

  @BeforeEach
  void registered() {
    memory.watch(watched);
    renew(quick, 1);
    watched.awaitsRegistered(ID, i -> i.weight() == 1);
  }

  @AfterEach
  void close() {
    Await.result(other.close());
  }

  private static Future<Outcome> renewal(Registrar registrar, int weight) {
    Registration web = Registration.of("web", "one", 80).withHost("10.0.0.7").withWeight(weight);
    return registrar.renew(ID, KEY, web, LOAD);
  }

  private static Outcome renew(Registrar registrar, int weight) {
    return Await.result(renewal(registrar, weight));
  }

  @Test
  void aRenewalIsHeardAfterThoseThatOvertookIt() {
    holding.hold();
    Future<Outcome> late = renewal(slow, 9);
    Await.result(holding.onItsWay());
    for (int weight = 2; weight < 6; weight++) {
      renew(quick, weight);
    }
    holding.letGo();
    assertThat(Await.result(late)).isInstanceOf(Outcome.Renewed.class);
    watched.awaitsRegistered(ID, i -> i.weight() == 9);
    renew(quick, 10);
    watched.awaitsRegistered(ID, i -> i.weight() == 10);
  }

  @Test
  void aRenewalIsHeardAfterAnotherStart() {
    holding.hold();
    Future<Outcome> late = renewal(slow, 9);
    Await.result(holding.onItsWay());
    Await.result(quick.leave(ID, KEY, LIMIT));
    renew(quick, 2);
    watched.awaitsRegistered(ID, i -> i.weight() == 2);
    holding.letGo();
    Await.result(late);
    watched.awaitsRegistered(ID, i -> i.weight() == 9);
  }

  @Test
  void aDepartureIsHeardAfterRenewalsThatOvertookIt() {
    holding.hold();
    Future<Outcome> late = slow.leave(ID, KEY, LIMIT);
    Await.result(holding.onItsWay());
    renew(quick, 2);
    renew(quick, 3);
    holding.letGo();
    watched.awaitsRegistered(ID, i -> i.state() == InstanceState.DRAINING);
    assertThat(Await.result(late)).isEqualTo(new Outcome.Left(true));
    watched.awaitsRegistered(ID, i -> i.state() == InstanceState.LEFT);
  }
}
