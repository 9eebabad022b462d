package dev.rollcall.discovery.hazelcast;

import com.hazelcast.nio.MemberSocketInterceptor;
import dev.rollcall.discovery.settings.Networks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends away whoever connects from a network that isn't allowed, and says so once in a while for
 * each address. Any thread.
 */
final class Doorkeeper implements MemberSocketInterceptor {

  private static final Logger LOG = Logger.getLogger(Doorkeeper.class.getName());

  /** Those who knock again and again are told of so often. */
  private static final long SAID_FOR = Duration.ofMinutes(1).toNanos();

  /** A stranger may have many addresses. */
  private static final int REMEMBERED = 100;

  private final Networks allowed;
  private final LongSupplier nanoTime;
  private final Map<InetAddress, Long> said = new LinkedHashMap<>();
  private long crowdSaidAt;

  Doorkeeper(Networks allowed, LongSupplier nanoTime) {
    this.allowed = allowed;
    this.nanoTime = nanoTime;
    this.crowdSaidAt = nanoTime.getAsLong() - SAID_FOR;
  }

  @Override
  public void init(Properties none) {}

  /** Whom we call was chosen by {@code cluster.members}, or is a member already. */
  @Override
  public void onConnect(Socket called) {}

  /**
   * @throws IOException whereupon Hazelcast closes the connection, unread
   */
  @Override
  public void onAccept(Socket caller) throws IOException {
    InetAddress address = caller.getInetAddress();
    if (!allowed.contains(address)) {
      tell(address);
      throw new IOException(address.getHostAddress() + " is not in cluster.allowed-members");
    }
  }

  private synchronized void tell(InetAddress address) {
    long now = nanoTime.getAsLong();
    said.values().removeIf(at -> now - at >= SAID_FOR);
    if (said.containsKey(address)) {
      return;
    }
    if (said.size() < REMEMBERED) {
      said.put(address, now);
      LOG.log(
          Level.WARNING,
          "refused a cluster connection from {0}: cluster.allowed-members is {1}",
          new Object[] {address.getHostAddress(), allowed});
    } else if (now - crowdSaidAt >= SAID_FOR) {
      crowdSaidAt = now;
      LOG.warning("refused cluster connections from more than " + REMEMBERED + " addresses");
    }
  }
}
