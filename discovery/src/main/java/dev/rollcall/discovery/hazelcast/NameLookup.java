package dev.rollcall.discovery.hazelcast;

import dev.rollcall.discovery.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one member's name, looked up anew each time, but never waited for longer than a
 * moment: a resolver whose network was cut off blocks for seconds (two tries of five are the usual
 * setting), and who is back within one should not be kept from knocking where the member last was.
 *
 * <p>Thread-safe. At most one look-up is under way, on a thread of its own.
 */
final class NameLookup {

  /** Asks for all addresses of a name; may block. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Endpoint member;
  private final Resolver resolver;
  private final Duration patience;
  private @Nullable CompletableFuture<List<InetAddress>> underWay;
  private List<InetAddress> known = List.of();

  /**
   * @param patience how long an attempt may wait for its look-up before it takes what was known
   */
  NameLookup(Endpoint member, Resolver resolver, Duration patience) {
    this.member = member;
    this.resolver = resolver;
    this.patience = patience;
  }

  Endpoint member() {
    return member;
  }

  /** What the name stands for now, or what it last stood for; empty when nobody has ever known. */
  synchronized List<InetAddress> addresses() {
    boolean overdue = underWay != null && !underWay.isDone();
    if (underWay == null) {
      underWay = begin();
    }
    CompletableFuture<List<InetAddress>> asked = underWay;
    try {
      // One that has kept an attempt waiting already keeps no other.
      known = asked.get(overdue ? 0 : patience.toNanos(), TimeUnit.NANOSECONDS);
      underWay = null;
    } catch (TimeoutException late) {
      // Whenever it ends, a later attempt has its result.
    } catch (ExecutionException unknown) {
      // A container's name exists while the container runs: the next attempt asks again.
      underWay = null;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return known;
  }

  private CompletableFuture<List<InetAddress>> begin() {
    CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                result.complete(List.of(resolver.resolve(member.host())));
              } catch (UnknownHostException | RuntimeException unknown) {
                result.completeExceptionally(unknown);
              }
            },
            "look-up-" + member.host());
    asking.setDaemon(true);
    asking.start();
    return result;
  }
}
