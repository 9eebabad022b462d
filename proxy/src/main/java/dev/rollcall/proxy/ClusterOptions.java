package dev.rollcall.proxy;

import com.hazelcast.core.HazelcastInstance;
import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.hazelcast.Cluster;
import dev.rollcall.discovery.hazelcast.MemberDoor;
import dev.rollcall.discovery.hazelcast.MemberPlace;
import dev.rollcall.discovery.hazelcast.TunedMember;
import dev.rollcall.discovery.settings.Networks;
import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.cluster.VertxMaps;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * This proxy's place in the cluster.
 *
 * @param name processes of another name never meet; default {@code rollcall}
 * @param members where proxies are, this one perhaps among them; a name with several addresses
 *     means all of them
 * @param port where other proxies and upstreams find this one; default 5701
 * @param host address to bind, default loopback. Wider, set a secret: whoever reaches it joins
 * @param publicAddress what others are told in place of the bound address, or null
 * @param allowed networks of proxies and upstreams that may connect; others are sent away unheard.
 *     Default none, which is everybody. Who leaves one out locks it out, this host's own programs
 *     too
 * @param busPort of Vert.x's event bus, default 5702; bound to loopback, see {@link #BUS_HOST}
 * @param secret only who knows it joins and is believed, or null: anybody
 * @param previous the secret before, still believed while it is being replaced, or null
 */
public record ClusterOptions(
    String name,
    List<Endpoint> members,
    int port,
    String host,
    @Nullable Endpoint publicAddress,
    Networks allowed,
    int busPort,
    @Nullable Secret secret,
    @Nullable Secret previous) {

  /**
   * Where the event bus listens. Nothing of ours is on it, so nobody else need reach it, and nobody
   * must: it believes what a stranger says of a message's length, and makes room for it.
   */
  static final String BUS_HOST = "127.0.0.1";

  private static final int PORT = 5701;

  private static final ValueType<Integer> PORT_TYPE =
      ValueType.PORT.where(port -> port > 0, "1 to 65535");

  public ClusterOptions {
    members = List.copyOf(members);
  }

  static ClusterOptions read(Settings settings) {
    ClusterOptions options =
        new ClusterOptions(
            settings.get(
                "cluster.name", ValueType.TEXT, "rollcall", "processes of other names never meet"),
            settings.get(
                "cluster.members",
                ValueType.list(ValueType.endpoint(PORT))
                    .where(all -> !all.isEmpty(), "host[:port],…, one at least"),
                "localhost:5701",
                "where proxies are: host[:port],…; a name may have several addresses"),
            settings.get("cluster.port", PORT_TYPE, "5701", "where the cluster finds this proxy"),
            settings.get(
                "cluster.host",
                ValueType.TEXT,
                "127.0.0.1",
                "address that the cluster's port is bound to; wider needs a secret"),
            settings.find(
                "cluster.public-address",
                ValueType.endpoint(PORT),
                "the bound address",
                "host[:port] that others are told"),
            allowed(settings),
            settings.get("cluster.bus-port", PORT_TYPE, "5702", "Vert.x's own port, on loopback"),
            settings.secret("secret", "only who knows it joins the cluster and is believed"),
            settings.secret("secret.previous", "the one before, accepted during rotation"));
    options.judge(settings);
    return options;
  }

  private static Networks allowed(Settings settings) {
    Networks allowed =
        settings.find(
            "cluster.allowed-members",
            Networks.TYPE,
            "all",
            "networks that may connect to the cluster's port; others are sent away unheard");
    return allowed == null ? Networks.NONE : allowed;
  }

  private void judge(Settings settings) {
    if (secret == null && previous != null) {
      settings.refuse("secret.previous", "secret to be set too");
    }
    if (secret == null && !isLoopback(host)) {
      settings.warn(
          "cluster.host: "
              + host
              + " without a secret: whoever reaches port "
              + port
              + " can join and register (set ROLLCALL_SECRET)");
    }
  }

  /** What signs and believes registrations, and names the cluster. */
  Signature signature() {
    return Signature.of(firstSecret(), previous == null ? null : previous.reveal());
  }

  /** The present secret, then the one before; none when anybody is believed. */
  List<String> secrets() {
    return Stream.of(secret, previous).filter(Objects::nonNull).map(Secret::reveal).toList();
  }

  /** The present secret, or null. */
  @Nullable String firstSecret() {
    return secret == null ? null : secret.reveal();
  }

  /** Starts this proxy's Hazelcast member; blocks until it has joined, or is the first. */
  HazelcastInstance start() {
    return MemberDoor.open(
        TunedMember.tune(
            VertxMaps.config(),
            new Cluster(name, members, signature()),
            new MemberPlace(host, port, publicAddress)),
        allowed);
  }

  /** Which setting makes joining fail: Hazelcast binds one port, Vert.x the other. */
  StartFault explain(Throwable why) {
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getName().startsWith("com.hazelcast.")) {
        return StartFault.of(why, "cluster.port", host, port);
      }
    }
    return StartFault.of(why, "cluster.bus-port", BUS_HOST, busPort);
  }

  /** By the text alone: a look-up at start would cost time, and might fail for now. */
  private static boolean isLoopback(String host) {
    return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
  }
}
