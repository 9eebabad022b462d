package dev.rollcall.discovery.hazelcast;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Signature;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which cluster, and where to find it.
 *
 * @param name processes of another name never meet; default {@code rollcall}
 * @param members where members are. A name with several addresses means all of them, and is
 *     resolved again at every attempt; default {@code localhost:5701}
 * @param signature by the secret that all share. Without one, whoever reaches a member's port is
 *     believed
 */
public record Cluster(String name, List<Endpoint> members, Signature signature) {

  public static final String DEFAULT_NAME = "rollcall";

  public Cluster {
    members = List.copyOf(members);
    if (name.isBlank()) {
      throw new IllegalArgumentException("cluster.name: blank (expected: a name)");
    }
  }

  /** The cluster named {@code rollcall} at these {@code host:port}, without a secret. */
  public static Cluster at(String... members) {
    return new Cluster(
        DEFAULT_NAME, Stream.of(members).map(Endpoint::parse).toList(), Signature.NONE);
  }

  /** The same, for those who know the secret. */
  public Cluster withSecret(String secret) {
    return new Cluster(name, members, Signature.of(secret, null));
  }

  /** While secrets are rotated, the cluster of those who know only the previous one. */
  Optional<Cluster> before() {
    return signature.before().map(old -> new Cluster(name, members, old));
  }

  /** The name that Hazelcast compares: one for each secret. */
  public String effectiveName() {
    return signature.clusterName(name);
  }
}
