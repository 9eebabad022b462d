package dev.rollcall.discovery;

import dev.rollcall.discovery.InstanceChange.Beaten;
import dev.rollcall.discovery.InstanceChange.Registered;
import io.vertx.core.Handler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A watcher that remembers. */
public final class Watched implements Handler<InstanceChange> {

  private final List<InstanceChange> heard = new CopyOnWriteArrayList<>();

  @Override
  public void handle(InstanceChange change) {
    heard.add(change);
  }

  public List<InstanceChange> heard() {
    return List.copyOf(heard);
  }

  public <T extends InstanceChange> Stream<T> all(Class<T> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast);
  }

  public <T extends InstanceChange> T awaits(Class<T> kind, Predicate<T> which) {
    Await.until(
        () -> all(kind).anyMatch(which),
        () ->
            kind.getSimpleName()
                + " among "
                + heard.stream().filter(c -> !(c instanceof Beaten)).toList());
    return all(kind).filter(which).findFirst().orElseThrow();
  }

  public Instance awaitsRegistered(String id) {
    return awaits(Registered.class, r -> r.id().equals(id)).instance();
  }

  public Instance awaitsRegistered(String id, Predicate<Instance> which) {
    return awaits(Registered.class, r -> r.id().equals(id) && which.test(r.instance())).instance();
  }

  public Beat awaitsBeat(String id, Predicate<Beat> which) {
    return awaits(Beaten.class, b -> b.id().equals(id) && which.test(b.beat())).beat();
  }
}
