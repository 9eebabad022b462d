package dev.rollcall.discovery.resolver;

import dev.rollcall.discovery.Registry;
import io.vertx.core.Vertx;
import io.vertx.core.net.AddressResolver;
import io.vertx.core.spi.endpoint.EndpointResolver;

/**
 * Lets a Vert.x HttpClient or WebClient call services by name, without a proxy: {@code
 * vertx.httpClientBuilder().withAddressResolver(RollResolver.over(registry))}. Each client has a
 * picture of its own, kept by the registry's word; {@link RollBalancer} shares the requests out.
 *
 * <p>What a proxy does and this doesn't: no probes (the registry's word and failed connections are
 * the only witnesses), no retries, no acknowledged drain: an instance that drains gets nothing new
 * from here, but knows nothing of this client's requests and may stop under them. What the
 * interface costs: Vert.x asks for the list at each request, and throws its counters away at each
 * change.
 */
public final class RollResolver implements AddressResolver<RollAddress> {

  private final Registry registry;
  private final String zone;

  private RollResolver(Registry registry, String zone) {
    this.registry = registry;
    this.zone = zone;
  }

  /** Over a registry that stays its owner's. */
  public static RollResolver over(Registry registry) {
    return new RollResolver(registry, "");
  }

  /** The same, preferring instances of a zone while one of them is well. */
  public RollResolver inZone(String preferred) {
    return new RollResolver(registry, preferred);
  }

  /** Made by a client's builder, and closed with the client. */
  @Override
  public EndpointResolver<RollAddress, ?, ?, ?> endpointResolver(Vertx vertx) {
    return new RollEndpoints<>(vertx, new Picture(vertx, registry, zone, System::nanoTime));
  }
}
