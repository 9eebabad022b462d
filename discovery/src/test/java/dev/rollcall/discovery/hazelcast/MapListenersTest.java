package dev.rollcall.discovery.hazelcast;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.rollcall.discovery.Await;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.store.RollMap;
import dev.rollcall.discovery.store.StoreEvent;
import io.vertx.core.Vertx;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Maps that can't be listened to at the first try, as when the cluster is lost at that moment. */
class MapListenersTest {

  private final Members members = new Members(1, Signature.NONE);
  private final Vertx vertx = Vertx.vertx();
  private final HazelcastStore store = new HazelcastStore(vertx);
  private final AtomicInteger failures = new AtomicInteger();
  private final List<StoreEvent> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    Await.result(store.close());
    Await.result(vertx.close());
    members.close();
  }

  @Test
  void areListenedToAtTheSecondTryOfWhoCameLate() {
    store.open(failing());
    Await.until("reached", () -> store.reach() != null);
    failures.set(1);
    listen();
    hearsWhatIsWritten();
  }

  @Test
  void areListenedToAtTheSecondTryOfWhoCameBefore() {
    failures.set(1);
    listen();
    store.open(failing());
    hearsWhatIsWritten();
  }

  private void listen() {
    store.listen(Set.of(RollMap.INSTANCES), told::add);
  }

  private void hearsWhatIsWritten() {
    Await.until("heard", () -> told.contains(new StoreEvent.Heard()));
    Await.result(store.put(RollMap.INSTANCES, "a", "{}", Duration.ofMinutes(1)));
    Await.until(
        () -> told.contains(new StoreEvent.Written(RollMap.INSTANCES, "a", "{}")), told::toString);
  }

  /** A member on whose maps nobody can listen as often as there are failures. */
  private HazelcastInstance failing() {
    HazelcastInstance member = members.start(0);
    return inFrontOf(
        HazelcastInstance.class,
        (method, arguments) -> {
          Object found = method.invoke(member, arguments);
          return method.getName().equals("getMap") ? failing(found) : found;
        });
  }

  private IMap<?, ?> failing(Object map) {
    return inFrontOf(
        IMap.class,
        (method, arguments) -> {
          if (method.getName().equals("addEntryListener") && failures.getAndDecrement() > 0) {
            throw new HazelcastClientNotActiveException();
          }
          return method.invoke(map, arguments);
        });
  }

  private interface Answer {
    Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T inFrontOf(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.of(method, arguments)));
  }
}
