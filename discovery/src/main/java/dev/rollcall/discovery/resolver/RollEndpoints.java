package dev.rollcall.discovery.resolver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.Address;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.endpoint.EndpointBuilder;
import io.vertx.core.spi.endpoint.EndpointResolver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The picture in the form that Vert.x asks for. Any thread.
 *
 * @param <E> Vert.x's own list
 */
final class RollEndpoints<E>
    implements EndpointResolver<RollAddress, Choice, RollEndpoints.Lookup<E>, E> {

  /** How long the first request to a service may wait until somebody is there. */
  private static final long FIRST_MILLIS = 2000;

  private final Vertx vertx;
  private final Picture picture;

  /** What Vert.x keeps for one address. */
  static final class Lookup<E> {
    private final String service;
    private final EndpointBuilder<E, Choice> builder;
    private volatile @Nullable Built<E> built;

    private Lookup(String service, EndpointBuilder<E, Choice> builder) {
      this.service = service;
      this.builder = builder;
    }
  }

  private record Built<E>(List<Choice> choices, E list) {}

  RollEndpoints(Vertx vertx, Picture picture) {
    this.vertx = vertx;
    this.picture = picture;
  }

  @Override
  public @Nullable RollAddress tryCast(Address address) {
    return address instanceof RollAddress roll ? roll : null;
  }

  @Override
  public SocketAddress addressOf(Choice choice) {
    return SocketAddress.inetSocketAddress(choice.endpoint().port(), choice.endpoint().host());
  }

  @Override
  public JsonObject propertiesOf(Choice choice) {
    return new JsonObject().put("id", choice.id()).put("weight", choice.weight());
  }

  @Override
  public Future<Lookup<E>> resolve(RollAddress address, EndpointBuilder<E, Choice> builder) {
    Lookup<E> lookup = new Lookup<>(address.service(), builder);
    Promise<Lookup<E>> promise = Promise.promise();
    picture.whenThere(address.service(), () -> promise.tryComplete(lookup));
    long timer = vertx.setTimer(FIRST_MILLIS, late -> promise.tryComplete(lookup));
    return promise.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  @Override
  public E endpoint(Lookup<E> lookup) {
    List<Choice> now = picture.of(lookup.service);
    Built<E> built = lookup.built;
    return built != null && built.choices() == now ? built.list() : build(lookup, now);
  }

  private E build(Lookup<E> lookup, List<Choice> now) {
    synchronized (lookup) {
      Built<E> built = lookup.built;
      if (built != null && built.choices() == now) {
        return built.list();
      }
      EndpointBuilder<E, Choice> builder = lookup.builder;
      for (Choice choice : now) {
        builder = builder.addServer(choice, choice.id());
      }
      E list = builder.build();
      lookup.built = new Built<>(now, list);
      return list;
    }
  }

  @Override
  public boolean isValid(Lookup<E> lookup) {
    return true;
  }

  @Override
  public void dispose(Lookup<E> lookup) {
    // Nothing of it is kept anywhere.
  }

  @Override
  public void close() {
    picture.close();
  }
}
