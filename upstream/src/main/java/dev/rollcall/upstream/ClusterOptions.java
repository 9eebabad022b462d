package dev.rollcall.upstream;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.discovery.Signature;
import dev.rollcall.discovery.hazelcast.Cluster;
import dev.rollcall.discovery.settings.Secret;
import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the proxies are, and what proves that we belong to them.
 *
 * @param name processes of another name never meet; default {@code rollcall}
 * @param members addresses of proxies; a name with several addresses means all of them; default
 *     {@code localhost:5701}
 * @param secret shared by all, or null: whoever reaches the cluster's port may join
 * @param previous the one before, still believed while it is being replaced, or null
 */
record ClusterOptions(
    String name, List<Endpoint> members, @Nullable Secret secret, @Nullable Secret previous) {

  ClusterOptions {
    members = List.copyOf(members);
  }

  static ClusterOptions read(Settings settings) {
    ClusterOptions options =
        new ClusterOptions(
            settings.get(
                "cluster.name", ValueType.TEXT, "rollcall", "processes of other names never meet"),
            settings.get(
                "cluster.members",
                ValueType.list(ValueType.endpoint(5701))
                    .where(all -> !all.isEmpty(), "host[:port],…, one at least"),
                "localhost:5701",
                "where proxies are: host[:port],…; a name may have several addresses"),
            settings.secret("secret", "only who knows it joins the cluster and is believed"),
            settings.secret("secret.previous", "the one before, accepted during rotation"));
    if (options.secret == null && options.previous != null) {
      settings.refuse("secret.previous", "secret to be set too");
    }
    return options;
  }

  /** The cluster to join. */
  Cluster cluster() {
    return new Cluster(name, members, Signature.of(text(secret), text(previous)));
  }

  /** What a proxy must have in common with us, for people. */
  String inWords() {
    return "cluster " + name + (secret == null ? " without a secret" : " with our secret");
  }

  /** What signs proofs, or null. */
  @Nullable String secretText() {
    return text(secret);
  }

  private static @Nullable String text(@Nullable Secret secret) {
    return secret == null ? null : secret.reveal();
  }
}
